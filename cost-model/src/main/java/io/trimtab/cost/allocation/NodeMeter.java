package io.trimtab.cost.allocation;

import static io.trimtab.cost.allocation.Tally.EXACT;

import io.trimtab.cost.allocation.AllocationRequest.Amount;
import io.trimtab.cost.allocation.AllocationRequest.Carbon;
import io.trimtab.cost.allocation.AllocationRequest.ComponentRatio;
import io.trimtab.cost.allocation.AllocationRequest.Node;
import io.trimtab.cost.allocation.AllocationRequest.Pod;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.allocation.AllocationRequest.Usage;
import io.trimtab.cost.allocation.Tally.Column;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Charges the pods of one node. Between two moments at which anything changes every amount is constant, so the sum over those stretches is exact.
 */
final class NodeMeter {
    private static final BigDecimal NANOS_PER_HOUR = BigDecimal.valueOf(3_600_000_000_000L);
    private static final BigDecimal WATTS_PER_KILOWATT = BigDecimal.valueOf(1000);

    private final Node node;
    private final Span span;
    private final Amount rates;
    private final Map<Pod, Tally> tallies = new LinkedHashMap<>();
    private final Tally idle = new Tally();
    private boolean overcommitted;

    NodeMeter(Node node, Span window, List<Pod> pods, ComponentRatio ratio) {
        this.node = node;
        this.span = node.span().within(window);
        this.rates = rates(node, ratio);
        pods.forEach(pod -> tallies.put(pod, new Tally()));
        for (Stretch stretch : stretches(pods)) charge(stretch);
    }

    Map<Pod, Tally> tallies() {
        return tallies;
    }

    /** The columns CPU, memory and GPU of what nobody was charged for. */
    Tally idle() {
        return idle;
    }

    boolean overcommitted() {
        return overcommitted;
    }

    BigDecimal bill() {
        return node.price().multiply(hours(span), EXACT);
    }

    /** What the node cost while its price was carried over a gap. */
    BigDecimal estimated() {
        BigDecimal sum = BigDecimal.ZERO;
        Instant covered = span.start();
        List<Span> gaps = node.priceGaps().stream()
                .map(gap -> gap.within(span))
                .sorted(java.util.Comparator.comparing(Span::start))
                .toList();
        for (Span gap : gaps) {
            Instant from = gap.start().isAfter(covered) ? gap.start() : covered;
            if (!gap.end().isAfter(from)) continue;
            sum = sum.add(hours(new Span(from, gap.end())), EXACT);
            covered = gap.end();
        }
        return sum.multiply(node.price(), EXACT);
    }

    static BigDecimal hours(Span span) {
        return BigDecimal.valueOf(Duration.between(span.start(), span.end()).toNanos())
                .divide(NANOS_PER_HOUR, EXACT);
    }

    private record Charge(Pod pod, Amount charged, Amount used) {}

    private record Stretch(Instant from, Instant to, List<Pod> pods) {}

    /** What a core, a GiB and a device of the node cost per hour; a node whose parts weigh nothing is charged by CPU. */
    private static Amount rates(Node node, ComponentRatio ratio) {
        BigDecimal weight = node.cores()
                .multiply(ratio.cpu())
                .add(node.memoryGiB().multiply(ratio.memoryGiB()))
                .add(node.gpus().multiply(ratio.gpu()));
        if (weight.signum() > 0) {
            BigDecimal unit = node.price().divide(weight, EXACT);
            return new Amount(
                    unit.multiply(ratio.cpu(), EXACT),
                    unit.multiply(ratio.memoryGiB(), EXACT),
                    unit.multiply(ratio.gpu(), EXACT));
        }
        BigDecimal perCore = node.cores().signum() > 0 ? node.price().divide(node.cores(), EXACT) : BigDecimal.ZERO;
        return new Amount(perCore, BigDecimal.ZERO, BigDecimal.ZERO);
    }

    private List<Stretch> stretches(List<Pod> pods) {
        TreeSet<Instant> changes = new TreeSet<>(List.of(span.start(), span.end()));
        for (Pod pod : pods) {
            Span life = pod.span().within(span);
            changes.add(life.start());
            changes.add(life.end());
            pod.usage().stream()
                    .map(Usage::at)
                    .filter(at -> at.isAfter(life.start()) && at.isBefore(life.end()))
                    .forEach(changes::add);
        }
        List<Stretch> stretches = new ArrayList<>();
        List<Instant> moments = List.copyOf(changes);
        for (int i = 0; i + 1 < moments.size(); i++) {
            Instant from = moments.get(i);
            Instant to = moments.get(i + 1);
            stretches.add(new Stretch(
                    from,
                    to,
                    pods.stream().filter(pod -> pod.span().covers(from, to)).toList()));
        }
        return stretches;
    }

    private void charge(Stretch stretch) {
        BigDecimal hours = hours(new Span(stretch.from(), stretch.to()));
        List<Charge> charges = new ArrayList<>();
        Amount sum = new Amount(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
        for (Pod pod : stretch.pods()) {
            Amount use = usage(pod, stretch.from());
            Amount charge = new Amount(
                    pod.request().cores().max(use.cores()),
                    pod.request().memoryGiB().max(use.memoryGiB()),
                    pod.request().gpus().divide(BigDecimal.valueOf(node.gpuReplicas()), EXACT));
            charges.add(new Charge(pod, charge, use));
            sum = new Amount(
                    sum.cores().add(charge.cores()),
                    sum.memoryGiB().add(charge.memoryGiB()),
                    sum.gpus().add(charge.gpus()));
        }
        Amount fit = new Amount(
                fit(sum.cores(), node.cores()), fit(sum.memoryGiB(), node.memoryGiB()), fit(sum.gpus(), node.gpus()));
        charges.forEach(charge -> charge(charge, fit, hours));
        idle.add(
                Column.CPU,
                left(node.cores(), sum.cores()).multiply(rates.cores(), EXACT).multiply(hours, EXACT));
        idle.add(
                Column.MEMORY,
                left(node.memoryGiB(), sum.memoryGiB())
                        .multiply(rates.memoryGiB(), EXACT)
                        .multiply(hours, EXACT));
        idle.add(
                Column.GPU,
                left(node.gpus(), sum.gpus()).multiply(rates.gpus(), EXACT).multiply(hours, EXACT));
    }

    private void charge(Charge charge, Amount fit, BigDecimal hours) {
        Amount charged = charge.charged();
        Amount used = charge.used();
        BigDecimal coreHours = charged.cores().multiply(fit.cores(), EXACT).multiply(hours, EXACT);
        BigDecimal gibHours =
                charged.memoryGiB().multiply(fit.memoryGiB(), EXACT).multiply(hours, EXACT);
        BigDecimal gpuHours = charged.gpus().multiply(fit.gpus(), EXACT).multiply(hours, EXACT);
        Tally tally = java.util.Objects.requireNonNull(tallies.get(charge.pod()));
        tally.add(Column.CPU, coreHours.multiply(rates.cores(), EXACT));
        tally.add(Column.MEMORY, gibHours.multiply(rates.memoryGiB(), EXACT));
        tally.add(Column.GPU, gpuHours.multiply(rates.gpus(), EXACT));
        BigDecimal usedCoreHours = used.cores().multiply(fit.cores(), EXACT).multiply(hours, EXACT);
        BigDecimal usedGibHours =
                used.memoryGiB().multiply(fit.memoryGiB(), EXACT).multiply(hours, EXACT);
        BigDecimal usedCost = usedCoreHours
                .multiply(rates.cores(), EXACT)
                .add(usedGibHours.multiply(rates.memoryGiB(), EXACT), EXACT);
        BigDecimal grams = node.carbon()
                .map(carbon -> grams(carbon, coreHours, usedCoreHours, gibHours))
                .orElse(BigDecimal.ZERO);
        tally.addUse(coreHours, usedCost, grams);
    }

    /** Idle power by what is charged, load power by what is used. */
    private static BigDecimal grams(
            Carbon carbon, BigDecimal coreHours, BigDecimal usedCoreHours, BigDecimal gibHours) {
        BigDecimal wattHours = coreHours
                .multiply(carbon.minWatts(), EXACT)
                .add(usedCoreHours.multiply(carbon.maxWatts().subtract(carbon.minWatts()), EXACT), EXACT)
                .add(gibHours.multiply(carbon.memoryWattsPerGiB(), EXACT), EXACT);
        return wattHours
                .divide(WATTS_PER_KILOWATT, EXACT)
                .multiply(carbon.pue(), EXACT)
                .multiply(carbon.gramsPerKWh(), EXACT);
    }

    private static Amount usage(Pod pod, Instant at) {
        Amount amount = new Amount(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
        for (Usage usage : pod.usage()) {
            if (usage.at().isAfter(at)) break;
            amount = new Amount(usage.cores(), usage.memoryGiB(), BigDecimal.ZERO);
        }
        return amount;
    }

    private BigDecimal fit(BigDecimal asked, BigDecimal offered) {
        if (asked.compareTo(offered) <= 0) return BigDecimal.ONE;
        overcommitted = true;
        return offered.divide(asked, EXACT);
    }

    private static BigDecimal left(BigDecimal offered, BigDecimal asked) {
        return offered.subtract(asked).max(BigDecimal.ZERO);
    }
}
