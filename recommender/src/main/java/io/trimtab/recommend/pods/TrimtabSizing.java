package io.trimtab.recommend.pods;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.Demand;
import io.trimtab.forecast.RecentDays;
import io.trimtab.forecast.online.Accuracy;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.recommend.PodReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Trimtab's numbers with what decided them. Memory that leaks is not fed: more of it would only be filled later, so its request stays.
 *
 * @param cpuReasons none without a sample of CPU, or where the time of the week decides, which the notes say
 * @param memoryReasons none without a sample of memory
 * @param cpuLasts how long the CPU will do, a week at most
 * @param notes what there is to say whether anything changes or not
 */
record TrimtabSizing(
        Sizing sizing,
        List<PodReason> cpuReasons,
        List<PodReason> memoryReasons,
        Duration cpuLasts,
        List<PodReason> notes) {
    /** Each time of the week was seen once; the day that has just begun does not count. */
    private static final int ONE_WEEK = 6;

    /** @param leaks whether memory rises without end */
    static TrimtabSizing of(RecentDays recent, boolean leaks, Requirements now, LimitRules limits, AcceptedRisk risk) {
        Sizing needed = RiskSizing.size(recent, now, limits, risk);
        List<PodReason> cpu = needed.cpu().stream()
                .<PodReason>map(range -> new PodReason.CpuByRisk(
                        now.cpuRequest(), range.target(), RiskSizing.contendedMinutes(risk), recent.days()))
                .toList();
        // A request of less than half of what is held is no measure of anything.
        Bytes held = new Bytes((long) recent.memory().highest());
        Optional<Bytes> kept = leaks
                ? now.memoryRequest().map(request -> request.times(2).compareTo(held) < 0 ? held : request)
                : Optional.empty();
        List<PodReason> memory = needed.memory().stream()
                .map(range -> kept.<PodReason>map(request -> new PodReason.LeakNotFed(request, range.target()))
                        .orElseGet(() -> new PodReason.MemoryByRisk(
                                now.memoryRequest(),
                                range.target(),
                                risk.oomPerWeek(),
                                recent.days(),
                                recent.memory().kills())))
                .toList();
        Sizing sizing = new Sizing(
                needed.cpu(), needed.memory().map(range -> kept.map(Range::only).orElse(range)));
        return new TrimtabSizing(sizing, cpu, memory, TimeOfWeek.WEEK, List.of());
    }

    /** The same with no less CPU than the busier ones of its pods need. */
    TrimtabSizing forBusier(GroupSizing groups, Demand demand, AcceptedRisk risk) {
        if (sizing.cpu().isEmpty()) return this;
        Range<MilliCores> all = sizing.cpu().get();
        Range<MilliCores> busier = groups.busier();
        Range<MilliCores> more = new Range<>(
                max(all.target(), busier.target()), max(all.lower(), busier.lower()), max(all.upper(), busier.upper()));
        return new TrimtabSizing(
                new Sizing(Optional.of(more), sizing.memory()),
                List.of(new PodReason.CpuByRisk(
                        demand.container().requirements().cpuRequest(),
                        more.target(),
                        RiskSizing.contendedMinutes(risk),
                        demand.recent().days())),
                memoryReasons,
                cpuLasts,
                notes);
    }

    private static MilliCores max(MilliCores one, MilliCores other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /** Whether the CPU is that of the hours to come. */
    boolean isTimed() {
        return notes.stream().anyMatch(PodReason.TimeOfWeek.class::isInstance);
    }

    /**
     * The same with CPU by the time of the week, as long as that is foreseen better than by a naive rule. An hour is known from few weeks, so it is sized as if a third of the risk were
     * accepted.
     */
    TrimtabSizing byTimeOfWeek(Demand demand, PodPolicy policy, Instant at) {
        RecentDays recent = demand.recent();
        Optional<Accuracy> foreseen = demand.foreseen().filter(_ -> recent.days() >= ONE_WEEK && recent.repeats());
        if (sizing.cpu().isEmpty() || foreseen.isEmpty()) return this;
        Requirements now = demand.container().requirements();
        UnaryOperator<Range<MilliCores>> had = cpu -> policy.limits()
                .cap(policy.bounds().clamp(new Sizing(Optional.of(cpu), Optional.empty())), now)
                .cpu()
                .orElseThrow();
        MilliCores wholeWeek = had.apply(sizing.cpu().get()).target();
        List<PodReason.Step> steps = TimeOfWeek.steps(
                recent,
                at,
                now.cpuRequest().orElse(MilliCores.ZERO),
                wholeWeek,
                policy.band(),
                cpu -> had.apply(RiskSizing.cpu(cpu, recent.days(), now, policy.limits(), policy.risk()))
                        .upper());
        if (steps.isEmpty()) return this;
        PodReason.Step first = steps.getFirst();
        if (!foreseen.get().betterThanNaive())
            return new TrimtabSizing(
                    sizing,
                    cpuReasons,
                    memoryReasons,
                    cpuLasts,
                    List.of(new PodReason.ForecastNoBetter(
                            first.request(), first.lasts(), foreseen.get().mase())));
        return new TrimtabSizing(
                new Sizing(Optional.of(Range.only(first.request())), sizing.memory()),
                List.of(),
                memoryReasons,
                first.lasts(),
                List.of(new PodReason.TimeOfWeek(steps, wholeWeek)));
    }
}
