package io.trimtab.cost.ledger;

import io.trimtab.cost.account.Amounts;
import io.trimtab.cost.account.ClosedHour;
import io.trimtab.cost.account.NodeHour;
import io.trimtab.cost.account.PodHour;
import io.trimtab.cost.account.PriceOrigin;
import io.trimtab.cost.account.ResourceCosts;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Hours of small random clusters; the same seed and hour is the same hour. */
final class RandomHours {
    private static final List<String> NAMESPACES = List.of("shop", "data", "kube-system", "it's \"quoted\"");

    private final long seed;

    RandomHours(long seed) {
        this.seed = seed;
    }

    ClosedHour hour(Instant start) {
        Random random = new Random(seed * 1_000_003 + start.getEpochSecond());
        Span whole = new Span(start, start.plusSeconds(3600));
        List<PodHour> pods = new ArrayList<>();
        List<NodeHour> nodes = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int n = 0; n < count; n++) {
            ResourceCosts bill = new ResourceCosts(cents(random), cents(random), cents(random));
            ResourceCosts left = bill;
            int most = random.nextInt(5);
            for (int p = 0; p < most; p++) {
                ResourceCosts part = new ResourceCosts(
                        part(left.cpu(), random), part(left.memory(), random), part(left.gpu(), random));
                left = new ResourceCosts(
                        left.cpu().subtract(part.cpu()),
                        left.memory().subtract(part.memory()),
                        left.gpu().subtract(part.gpu()));
                pods.add(pod("n" + n, "p" + n + "-" + p, whole, part, random));
            }
            nodes.add(new NodeHour(
                    new NodeHour.Node("n" + n, "m5.large", "eu-west-1", "eu-west-1a", "spot", "general"),
                    whole,
                    new NodeHour.Capacity(new BigDecimal(2), new BigDecimal(8), BigDecimal.ZERO),
                    bill.total(),
                    bill,
                    left,
                    BigDecimal.valueOf(random.nextInt(5), 1),
                    PriceOrigin.LISTED));
        }
        return new ClosedHour(start, pods, nodes);
    }

    private static PodHour pod(String node, String name, Span span, ResourceCosts costs, Random random) {
        boolean bare = random.nextInt(4) == 0;
        return new PodHour(
                new PodHour.Pod(
                        NAMESPACES.get(random.nextInt(NAMESPACES.size())),
                        bare ? "" : "Deployment",
                        bare ? "" : "web-" + random.nextInt(3),
                        name,
                        "uid-" + name,
                        random.nextBoolean() ? Map.of("app.kubernetes.io/name", "a" + random.nextInt(2)) : Map.of()),
                node,
                span,
                new Amounts(new BigDecimal("0.5"), new BigDecimal("0.25"), new BigDecimal("0.5")),
                new Amounts(BigDecimal.ONE, new BigDecimal("2"), new BigDecimal("2")),
                BigDecimal.ZERO,
                costs,
                BigDecimal.valueOf(random.nextInt(11), 1),
                PriceOrigin.LISTED);
    }

    private static BigDecimal cents(Random random) {
        return new BigDecimal(BigInteger.valueOf(random.nextLong(1_000_000_000_000L)), 12);
    }

    private static BigDecimal part(BigDecimal of, Random random) {
        return of.multiply(BigDecimal.valueOf(random.nextInt(4), 1)).setScale(12, java.math.RoundingMode.DOWN);
    }
}
