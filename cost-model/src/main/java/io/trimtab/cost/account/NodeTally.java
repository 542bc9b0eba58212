package io.trimtab.cost.account;

import io.trimtab.cost.account.Observation.PodKey;
import io.trimtab.cost.account.PodTally.Units;
import io.trimtab.cost.allocation.Allocation;
import io.trimtab.cost.allocation.AllocationRequest.ComponentRatio;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.tariff.Machine;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a node came to so far in an hour, while its price and its size stay. Pods' costs are rounded down, and idle is what they leave of the bill, so that both sum to it
 * exactly and idle is never negative.
 */
final class NodeTally {
    private static final BigDecimal MILLIS_PER_HOUR = BigDecimal.valueOf(3_600_000);

    private static final String SPOT = "spot";

    private final Observation.Node node;
    private final Instant start;
    private Instant end;
    private long millis;
    private long carriedMillis;
    private final Map<PodKey, PodTally> pods = new LinkedHashMap<>();

    NodeTally(Observation.Node node, Instant start) {
        this.node = node;
        this.start = start;
        this.end = start;
    }

    /** One whose process has ended goes on. */
    static NodeTally of(CollectedHour.Node kept) {
        NodeTally tally = new NodeTally(kept.node(), kept.start());
        tally.end = kept.end();
        tally.millis = kept.millis();
        tally.carriedMillis = kept.carriedMillis();
        for (PodTally pod : kept.pods()) tally.pods.put(key(pod.pod(), kept.node()), pod);
        return tally;
    }

    CollectedHour.Node kept() {
        return new CollectedHour.Node(node, start, end, millis, carriedMillis, List.copyOf(pods.values()));
    }

    private static PodKey key(PodHour.Pod pod, Observation.Node node) {
        return new PodKey(pod.namespace(), pod.name(), pod.uid(), node.id().name());
    }

    boolean isOf(Observation.Node other) {
        return node.equals(other);
    }

    /** A pod's part of the span that is added. */
    record Stay(Observation.Pod pod, Span span) {}

    /** @param stays of pods on it, within the span */
    void add(Span span, List<Stay> stays, boolean carried) {
        end = span.end();
        millis += PodTally.millis(span);
        if (carried) carriedMillis += PodTally.millis(span);
        TreeSet<Instant> changes = new TreeSet<>(List.of(span.start(), span.end()));
        for (Stay stay : stays) {
            changes.add(stay.span().start());
            changes.add(stay.span().end());
        }
        Instant from = changes.removeFirst();
        for (Instant to : changes) {
            Span stretch = new Span(from, to);
            charge(
                    stretch,
                    stays.stream()
                            .filter(stay -> covers(stay.span(), stretch))
                            .map(Stay::pod)
                            .toList(),
                    carried);
            from = to;
        }
    }

    private static boolean covers(Span whole, Span part) {
        return !whole.start().isAfter(part.start()) && !whole.end().isBefore(part.end());
    }

    private void charge(Span stretch, List<Observation.Pod> present, boolean carried) {
        List<Units> cpu = new ArrayList<>();
        List<Units> memory = new ArrayList<>();
        List<Units> gpu = new ArrayList<>();
        for (Observation.Pod pod : present) {
            cpu.add(larger(
                    nano(pod.requested().cpu().value()), Math.round(pod.use().cores() * 1e9)));
            memory.add(larger(kib(pod.requested().memory().amount()), (long)
                    Math.ceil(pod.use().bytes() / 1024)));
            gpu.add(larger(nano(pod.requested().gpu().value()), 0));
        }
        fit(cpu, cores());
        fit(memory, kib());
        fit(gpu, gpus());
        for (int i = 0; i < present.size(); i++) {
            Observation.Pod pod = present.get(i);
            PodTally before = pods.getOrDefault(pod.key(), PodTally.begun(pod.id(), stretch.start()));
            pods.put(
                    pod.key(),
                    before.plus(stretch, cpu.get(i), memory.get(i), gpu.get(i).charged(), carried));
        }
    }

    private static Units larger(long requested, long used) {
        return new Units(requested, used, Math.max(requested, used));
    }

    /** Scales what is charged down to what there is, in proportion. */
    private static void fit(List<Units> asked, long offered) {
        BigInteger sum = asked.stream()
                .map(units -> BigInteger.valueOf(units.charged()))
                .reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger room = BigInteger.valueOf(offered);
        if (sum.compareTo(room) <= 0) return;
        asked.replaceAll(units -> new Units(
                units.requested(),
                units.used(),
                BigInteger.valueOf(units.charged()).multiply(room).divide(sum).longValueExact()));
    }

    private long cores() {
        return nano(node.capacity().cpu().value());
    }

    private long gpus() {
        return nano(node.capacity().gpu().value());
    }

    private static long nano(long milli) {
        return Math.multiplyExact(milli, 1_000_000);
    }

    private long kib() {
        return kib(node.capacity().memory().amount());
    }

    private static long kib(BigDecimal bytes) {
        return bytes.divide(BigDecimal.valueOf(1024), 0, RoundingMode.UP).longValueExact();
    }

    String name() {
        return node.id().name();
    }

    /** What it would cost without commitments. */
    CommitmentSpread.Use use(ComponentRatio ratio) {
        NodeHour.Node id = node.id();
        BigDecimal bill = node.pricePerHour()
                .multiply(BigDecimal.valueOf(millis))
                .divide(MILLIS_PER_HOUR, Allocation.SCALE, RoundingMode.CEILING);
        return new CommitmentSpread.Use(
                new Machine(
                        id.instanceType(),
                        id.region(),
                        id.pool(),
                        node.capacity(),
                        id.capacityType().equals(SPOT)),
                millis,
                divided(bill, ratio));
    }

    /** @param byResource its bill */
    NodeHour close(ResourceCosts byResource, List<PodHour> rows) {
        ResourceCosts idle = byResource;
        for (PodTally pod : pods.values()) {
            ResourceCosts paid = new ResourceCosts(
                    part(byResource.cpu(), pod.cpu().charged(), cores()),
                    part(byResource.memory(), pod.memory().charged(), kib()),
                    part(byResource.gpu(), pod.gpuCharged(), gpus()));
            idle = new ResourceCosts(
                    idle.cpu().subtract(paid.cpu()),
                    idle.memory().subtract(paid.memory()),
                    idle.gpu().subtract(paid.gpu()));
            rows.add(new PodHour(
                    pod.pod(),
                    node.id().name(),
                    new Span(pod.start(), pod.end()),
                    pod.cpu().in(PodTally.CORE_HOUR),
                    pod.memory().in(PodTally.GIB_HOUR),
                    PodTally.part(pod.gpuCharged(), PodTally.GPU_HOUR),
                    paid,
                    estimated(pod.carriedMillis(), PodTally.millis(new Span(pod.start(), pod.end()))),
                    node.origin()));
        }
        return new NodeHour(
                node.id(),
                new Span(start, end),
                new NodeHour.Capacity(
                        offered(cores(), PodTally.CORE_HOUR),
                        offered(kib(), PodTally.GIB_HOUR),
                        offered(gpus(), PodTally.GPU_HOUR)),
                node.pricePerHour(),
                byResource,
                idle,
                estimated(carriedMillis, millis),
                node.origin());
    }

    private BigDecimal offered(long amount, BigDecimal unit) {
        return BigDecimal.valueOf(amount)
                .multiply(BigDecimal.valueOf(millis))
                .divide(unit, Amounts.SCALE, RoundingMode.HALF_UP);
    }

    /** By what a core, a GiB and a device weigh; a node whose parts weigh nothing is paid for its CPU. */
    private ResourceCosts divided(BigDecimal bill, ComponentRatio ratio) {
        BigDecimal cpu = node.capacity().cpu().cores().multiply(ratio.cpu());
        BigDecimal memory =
                BigDecimal.valueOf(kib()).multiply(ratio.memoryGiB()).divide(BigDecimal.valueOf(1L << 20));
        BigDecimal gpu = node.capacity().gpu().gpus().multiply(ratio.gpu());
        BigDecimal sum = cpu.add(memory).add(gpu);
        if (sum.signum() == 0) return new ResourceCosts(bill, BigDecimal.ZERO, BigDecimal.ZERO);
        BigDecimal ofMemory = bill.multiply(memory).divide(sum, Allocation.SCALE, RoundingMode.FLOOR);
        BigDecimal ofGpu = bill.multiply(gpu).divide(sum, Allocation.SCALE, RoundingMode.FLOOR);
        return new ResourceCosts(bill.subtract(ofMemory).subtract(ofGpu), ofMemory, ofGpu);
    }

    private BigDecimal part(BigDecimal cost, long charged, long offered) {
        if (charged == 0) return BigDecimal.ZERO;
        return cost.multiply(BigDecimal.valueOf(charged))
                .divide(
                        BigDecimal.valueOf(offered).multiply(BigDecimal.valueOf(millis)),
                        Allocation.SCALE,
                        RoundingMode.FLOOR);
    }

    private BigDecimal estimated(long carried, long whole) {
        if (node.origin().isEstimate()) return BigDecimal.ONE;
        if (whole == 0) return BigDecimal.ZERO;
        return BigDecimal.valueOf(carried)
                .divide(BigDecimal.valueOf(whole), Shares.SCALE, RoundingMode.HALF_UP)
                .min(BigDecimal.ONE);
    }
}
