package io.trimtab.service.bench;

import io.trimtab.cost.account.NodeHour;
import io.trimtab.cost.account.Observation;
import io.trimtab.cost.account.Observation.Use;
import io.trimtab.cost.account.PodHour;
import io.trimtab.cost.account.PriceOrigin;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A seeded cluster as the account sees it: workloads of very different sizes, requests as people write them, use that is mostly far below them, has a day, wanders and
 * now and then exceeds them; an eighth of the pods is replaced each day, at any second. 25 pods to a node of 16 cores, of four types.
 */
final class LedgerFleet {
    private static final int PODS_ON_A_NODE = 25;
    private static final Instant NO_END = Instant.parse("9999-01-01T00:00:00Z");
    private static final Duration LIFE = Duration.ofDays(8);
    private static final int[] MILLI = {10, 25, 50, 100, 100, 200, 250, 250, 500, 500, 1000};
    private static final int[] MEBI = {64, 128, 128, 256, 256, 512, 512, 1024, 2048};
    private static final String[] PRICES = {"0.768", "0.6912", "0.8064", "0.3226"};

    private final Random random;
    private final List<Observation.Node> nodes = new ArrayList<>();
    private final List<Running> pods = new ArrayList<>();

    private record Workload(
            String namespace, String kind, String name, Resources requested, double cores, double bytes) {}

    /** @param mood of its use, which wanders */
    private record Running(
            Workload workload, int index, String name, String uid, Instant start, Instant end, double mood) {}

    LedgerFleet(long seed, int count, Instant start) {
        random = new Random(seed);
        for (int n = 0; n * PODS_ON_A_NODE < count; n++) nodes.add(node(n, start));
        for (int w = 0; pods.size() < count; w++) {
            Workload workload = workload(w);
            int replicas = (int) Math.max(1, Math.exp(random.nextGaussian() * 1.2 + 1.2));
            for (int i = 0; i < replicas && pods.size() < count; i++)
                pods.add(running(
                        workload,
                        i,
                        start.minusSeconds(1),
                        start.plus(LIFE.multipliedBy(random.nextInt(1000)).dividedBy(1000))));
        }
    }

    private static Observation.Node node(int number, Instant start) {
        int type = number % PRICES.length;
        return new Observation.Node(
                new NodeHour.Node(
                        "ip-10-0-%d-%d.eu-west-1.compute.internal".formatted(number / 250, number % 250),
                        "type%d.4xlarge".formatted(type),
                        "eu-west-1",
                        "eu-west-1" + (char) ('a' + number % 3),
                        type == 3 ? "spot" : "on-demand",
                        "pool-" + type),
                new Resources(new MilliCores(16_000), new Bytes(64L << 30), GpuMilli.ZERO),
                start.minusSeconds(1),
                new BigDecimal(PRICES[type]),
                PriceOrigin.LISTED);
    }

    private Workload workload(int number) {
        double kind = random.nextDouble();
        int milli = MILLI[random.nextInt(MILLI.length)];
        long bytes = (long) MEBI[random.nextInt(MEBI.length)] << 20;
        return new Workload(
                "team-" + (int) (Math.pow(random.nextDouble(), 2) * 200),
                kind < 0.8 ? "Deployment" : kind < 0.9 ? "StatefulSet" : "DaemonSet",
                "service-" + number,
                new Resources(new MilliCores(milli), new Bytes(bytes), GpuMilli.ZERO),
                milli / 1000.0 * Math.exp(random.nextGaussian() * 0.8 - 1.4),
                bytes * Math.min(1.5, Math.exp(random.nextGaussian() * 0.5 - 0.6)));
    }

    private Running running(Workload workload, int index, Instant start, Instant end) {
        boolean numbered = workload.kind().equals("StatefulSet");
        String name =
                numbered ? workload.name() + "-" + index : "%s-%s-%s".formatted(workload.name(), text(10), text(5));
        String uid = new java.util.UUID(random.nextLong(), random.nextLong()).toString();
        return new Running(workload, index, name, uid, start, end, 0);
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) text.append((char) ('a' + random.nextInt(26)));
        return text.toString();
    }

    /** @param now later than before */
    Observation at(Instant now) {
        double day = 1 + 0.4 * Math.sin((now.getEpochSecond() / 3600.0 - 9) / 24 * 2 * Math.PI);
        List<Observation.Pod> seen = new ArrayList<>();
        for (int i = 0; i < pods.size(); i++) {
            Running pod = pods.get(i);
            if (!pod.end().isAfter(now))
                pod = running(
                        pod.workload(),
                        pod.index(),
                        pod.end().plusSeconds(random.nextInt(60)),
                        pod.end().plus(LIFE));
            double mood = 0.9 * pod.mood() + random.nextGaussian() * 0.1;
            pod = new Running(pod.workload(), pod.index(), pod.name(), pod.uid(), pod.start(), pod.end(), mood);
            pods.set(i, pod);
            if (pod.start().isAfter(now)) continue;
            Workload workload = pod.workload();
            seen.add(new Observation.Pod(
                    new PodHour.Pod(
                            workload.namespace(),
                            workload.kind(),
                            workload.name(),
                            pod.name(),
                            pod.uid(),
                            Map.of("app.kubernetes.io/name", workload.name(), "team", workload.namespace())),
                    nodes.get(i / PODS_ON_A_NODE).id().name(),
                    pod.start(),
                    NO_END,
                    workload.requested(),
                    new Use(
                            workload.cores() * day * Math.exp(mood + random.nextGaussian() * 0.2),
                            workload.bytes() * Math.exp(mood / 8))));
        }
        return new Observation(now, nodes, seen, false);
    }
}
