package io.trimtab.service.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Two weeks of what the kubelets and kube-state-metrics say of 2,000 containers, as blocks of a Prometheus. Containers are scraped every minute, so that a rate
 * over five minutes has what it has in a cluster; kube-state-metrics every four, since only its last value counts.
 */
final class BackfillHistory {
    static final Instant END = Instant.parse("2026-03-15T00:00:00Z");
    static final Duration SPAN = Duration.ofDays(14);
    static final int DEPLOYMENTS = 500;
    static final int PODS_EACH = 4;
    private static final int SCRAPE_SECONDS = 60;
    private static final int STATE_SECONDS = 240;
    private static final int ONE_KILLED_IN = 50;

    /** What a Prometheus compacts to when it keeps 15 days: at most a tenth of that. */
    private static final Duration BLOCK = Duration.ofHours(18);

    private BackfillHistory() {}

    static String namespace(int deployment) {
        return "team-" + deployment % 20;
    }

    static String pod(int deployment, int replica) {
        return "shop-%d-%08x-%05d".formatted(deployment, deployment * 2_654_435_761L & 0xffff_ffffL, replica);
    }

    /** Fills a folder that holds no block yet. */
    static void load(Path data) throws Exception {
        List<Long> starts = new ArrayList<>();
        long block = BLOCK.toSeconds();
        long first = END.minus(SPAN).minus(Duration.ofHours(1)).getEpochSecond();
        for (long start = first / block * block; start < END.getEpochSecond(); start += block) starts.add(start);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<?>> running = new ArrayList<>();
            for (long start : starts)
                running.add(threads.submit(() -> {
                    loadBlock(data, Math.max(start, first), Math.min(start + block, END.getEpochSecond() + 1));
                    return start;
                }));
            for (int i = 0; i < running.size(); i++) {
                running.get(i).get();
                System.out.printf("loaded %d of %d blocks%n", i + 1, running.size());
            }
        }
    }

    private static void loadBlock(Path data, long from, long until) throws IOException, InterruptedException {
        Path text = Files.createTempFile("trimtab-backfill-", ".om");
        Path log = Files.createTempFile("trimtab-backfill-", ".log");
        try {
            try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(text), 1 << 20)) {
                for (int container = 0; container < DEPLOYMENTS * PODS_EACH; container++)
                    write(to, container, from, until);
                to.write("# EOF\n".getBytes(StandardCharsets.US_ASCII));
            }
            Process promtool = new ProcessBuilder(
                            "promtool",
                            "tsdb",
                            "create-blocks-from",
                            "--max-block-duration=%dh".formatted(BLOCK.toHours()),
                            "openmetrics",
                            text.toString(),
                            data.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (promtool.waitFor() != 0) throw new IOException("promtool: " + Files.readString(log));
        } finally {
            Files.delete(text);
            Files.delete(log);
        }
    }

    private static void write(OutputStream to, int container, long from, long until) throws IOException {
        int deployment = container / PODS_EACH;
        SplittableRandom random = new SplittableRandom(container * 31L + from);
        String who = "container=\"app\",namespace=\"%s\",pod=\"%s\""
                .formatted(namespace(deployment), pod(deployment, container % PODS_EACH));
        String scraped =
                "{cpu=\"total\",id=\"/kubepods/burstable/pod%08x\",image=\"registry.example/shop:1\",instance=\"10.0.%d.%d:10250\",job=\"kubelet\",node=\"node-%d\",%s} "
                        .formatted(container, container % 4, container % 50, container % 200, who);
        String state = "{instance=\"10.0.9.9:8080\",job=\"kube-state-metrics\",%s} ".formatted(who);
        String reason = state.replace("} ", ",reason=\"OOMKilled\"} ");
        String memory = state.replace("} ", ",resource=\"memory\",unit=\"byte\"} ");
        double usual = 0.02 + 0.4 * new SplittableRandom(container).nextDouble();
        // A counter of nanoseconds that is shown in seconds, as the kubelet has it.
        long counter =
                (long) (usual * 1e9) * (from - END.minus(SPAN).minus(BLOCK).getEpochSecond());
        boolean killed = container % ONE_KILLED_IN == 0;
        StringBuilder lines = new StringBuilder();
        for (long second : every(SCRAPE_SECONDS, from, until)) {
            double daily = 1 + 0.5 * Math.sin(second / 86_400.0 * 2 * Math.PI);
            counter += (long) (usual * daily * (0.8 + 0.4 * random.nextDouble()) * SCRAPE_SECONDS * 1e9);
            line(lines, "container_cpu_usage_seconds_total", scraped, counter / 1e9, second);
            long pages = (long) (30_000 * (1 + 0.2 * daily + 0.05 * random.nextDouble()));
            line(lines, "container_memory_working_set_bytes", scraped, pages * 4096, second);
        }
        for (long second : every(STATE_SECONDS, from, until)) {
            long day = Math.floorDiv(second, 86_400);
            line(lines, "kube_pod_container_status_restarts_total", state, killed ? day - 20_000 : 0, second);
            line(lines, "kube_pod_container_resource_requests", memory, 268_435_456, second);
            if (!killed) continue;
            line(lines, "kube_pod_container_status_last_terminated_reason", reason, 1, second);
            line(lines, "kube_pod_container_status_last_terminated_timestamp", state, day * 86_400, second);
        }
        to.write(lines.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static Iterable<Long> every(int seconds, long from, long until) {
        long first = Math.ceilDiv(from, seconds) * seconds;
        return () -> IntStream.range(0, (int) Math.ceilDiv(until - first, seconds))
                .mapToLong(i -> first + (long) i * seconds)
                .iterator();
    }

    private static void line(StringBuilder to, String metric, String labels, double value, long second) {
        to.append(metric)
                .append(labels)
                .append(value)
                .append(' ')
                .append(second)
                .append('\n');
    }
}
