package io.trimtab.recommend.pods;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.Demand;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.Reason;
import io.trimtab.recommend.Recommendation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Decides the requests and limits of one container. */
public final class PodRecommender {
    /** A request that differs by less from its target does not go along with another one. */
    private static final double NEAR = 0.02;

    private PodRecommender() {}

    /** What a container's size should be, from its samples alone. */
    public static RightsizeAnswer rightsize(RightsizeInput input) {
        return Rightsizing.answer(input);
    }

    /**
     * What the cycle does about one container: the least that keeps the accepted risk. A resource without samples stays.
     *
     * @param steering what an autoscaler that measures by the requests leaves of their changes
     * @param impact what a change from the first to the second requirements of one pod is worth, over all pods
     * @return a resize when at least one request is outside the band or the bounds; the other one stays
     */
    public static Recommendation decide(
            Demand demand,
            PodPolicy policy,
            Instant now,
            Steering steering,
            BiFunction<Requirements, Requirements, Impact> impact) {
        ContainerSpec container = demand.container();
        if (demand.cpu().isEmpty() && demand.memory().isEmpty()) return hold(demand, new PodReason.NoSamples());
        Requirements from = container.requirements();
        TrimtabSizing ofAll =
                TrimtabSizing.of(demand.recent(), demand.leak().isPresent(), from, policy.limits(), policy.risk());
        Optional<GroupSizing> groups = GroupSizing.of(demand, policy);
        TrimtabSizing wholeWeek =
                groups.map(it -> ofAll.forBusier(it, demand, policy.risk())).orElse(ofAll);
        // Other requests by the hour: only where that is done at once, restarts nothing and moves no replicas; the
        // hours are those of all pods together.
        boolean timed = policy.byHour()
                && groups.isEmpty()
                && policy.followed()
                && steering.alone()
                && !container.restartsFor().contains(Resource.CPU);
        TrimtabSizing sized = timed ? wholeWeek.byTimeOfWeek(demand, policy, now) : wholeWeek;
        Duration seen = demand.recent()
                .since()
                .map(first -> Duration.between(first, now))
                .orElse(Duration.ZERO);
        boolean young = seen.compareTo(policy.minHistory()) < 0;
        // A kill needs no history to be believed, and only ever asks for more.
        boolean killed = demand.recent().memory().kills() > 0
                && sized.sizing().memory().map(Range::target).stream()
                        .anyMatch(needed ->
                                from.memoryRequest().orElse(Bytes.ZERO).compareTo(needed) < 0);
        if (young && !killed) return hold(demand, new PodReason.ShortHistory(seen, policy.minHistory()));
        Sizing free = young
                ? new Sizing(from.cpuRequest().map(Range::only), sized.sizing().memory())
                : sized.sizing();
        Sizing bounded = policy.bounds().clamp(free);
        Sizing sizing = policy.limits().cap(bounded, from);
        Optional<MilliCores> cpuTarget = sizing.cpu().map(Range::target);
        Optional<Bytes> memoryTarget = sizing.memory().map(Range::target);
        // What is worth a step of the day was weighed when it was planned.
        boolean step = sized.isTimed() && !cpuTarget.equals(from.cpuRequest());
        boolean cpuAway = cpuTarget
                .filter(target -> step
                        || outside(from.cpuRequest().map(MilliCores::value), target.value(), policy.band())
                        || breaks(from.cpuRequest(), policy.bounds()::clamp, target))
                .isPresent();
        boolean memoryAway = memoryTarget
                .filter(target -> outside(from.memoryRequest().map(Bytes::value), target.value(), policy.band())
                        || breaks(from.memoryRequest(), policy.bounds()::clamp, target))
                .isPresent();
        Hysteresis less = new Hysteresis(from, sizing, sized.cpuLasts(), impact);
        boolean whole = (!step && cpuAway && needed(from.cpuRequest(), policy.bounds()::clamp, cpuTarget))
                || (memoryAway && needed(from.memoryRequest(), policy.bounds()::clamp, memoryTarget))
                || (((!step && cpuAway) || memoryAway) && less.pays());
        boolean worth = whole || step;
        // What moves anyway goes all the way: the next change is as far off as can be.
        boolean together = whole && steering.alone();
        boolean memoryGoes = whole || (step && !container.restartsFor().contains(Resource.MEMORY));
        Optional<MilliCores> cpu = cpuTarget
                .filter(target -> (worth && cpuAway)
                        || (together && outside(from.cpuRequest().map(MilliCores::value), target.value(), NEAR)))
                .flatMap(target -> steered(from.cpuRequest(), steering.cpu(target), policy.bounds()::clamp));
        Optional<Bytes> memory = memoryTarget
                .filter(target -> (memoryGoes && memoryAway)
                        || (together && outside(from.memoryRequest().map(Bytes::value), target.value(), NEAR)))
                .flatMap(target -> steered(from.memoryRequest(), steering.memory(target), policy.bounds()::clamp));
        List<Reason> steered = steering.notes(sizing);
        List<Reason> notes = new ArrayList<>(steered);
        notes.addAll(sized.notes());
        notes.addAll(cut(free, bounded, sizing));
        if (cpu.isEmpty() && memory.isEmpty()) {
            if ((cpuAway || memoryAway) && !worth)
                notes.addFirst(new PodReason.NotWorthMoving(less.saving(), Hysteresis.LEAST_SAVING));
            else if (steered.isEmpty()) notes.addFirst(withinBand(from, sizing, sized));
            groups.ifPresent(it -> notes.add(it.reason(from, demand.pods(), impact)));
            return hold(demand, notes);
        }
        Requirements to = policy.limits().applied(from, cpu, memory);
        List<Reason> reasons = new ArrayList<>(reasons(from, sized, cpu.filter(_ -> !young), memory));
        if (memory.isEmpty()) reasons.addAll(leak(sized));
        reasons.addAll(notes);
        groups.ifPresent(it -> reasons.add(it.reason(to, demand.pods(), impact)));
        reasons.add(stockVpaAsks(demand));
        reasons.addAll(RuntimeNotes.of(container.runtime(), from, to));
        return new Recommendation.Resize(demand.workload(), container.name(), from, to, less.worth(to), reasons);
    }

    /**
     * The same advice with other requirements.
     *
     * @param why it cannot have its own
     * @return a hold where nothing changes
     */
    public static Recommendation instead(
            Demand demand,
            Recommendation.Resize advised,
            Requirements to,
            List<PodReason> why,
            BiFunction<Requirements, Requirements, Impact> impact) {
        Requirements from = advised.from();
        List<Reason> reasons = new ArrayList<>(why);
        advised.reasons().stream().filter(reason -> !RuntimeNotes.isOne(reason)).forEach(reasons::add);
        reasons.addAll(RuntimeNotes.of(demand.container().runtime(), from, to));
        if (to.equals(from)) return new Recommendation.Hold(advised.workload(), advised.container(), reasons);
        return new Recommendation.Resize(
                advised.workload(), advised.container(), from, to, impact.apply(from, to), reasons);
    }

    /** What a bound or a limit that stays took from the target, or added to it. */
    private static List<PodReason> cut(Sizing free, Sizing bounded, Sizing capped) {
        List<PodReason> cut = new ArrayList<>();
        if (!free.cpu().equals(bounded.cpu())) cut.add(new PodReason.AtBound(Resource.CPU));
        if (!free.memory().equals(bounded.memory())) cut.add(new PodReason.AtBound(Resource.MEMORY));
        if (!bounded.cpu().equals(capped.cpu())) cut.add(new PodReason.AtLimit(Resource.CPU));
        if (!bounded.memory().equals(capped.memory())) cut.add(new PodReason.AtLimit(Resource.MEMORY));
        return cut;
    }

    private static List<PodReason> leak(TrimtabSizing sized) {
        return sized.memoryReasons().stream()
                .filter(PodReason.LeakNotFed.class::isInstance)
                .toList();
    }

    private static PodReason stockVpaAsks(Demand demand) {
        Sizing vpa = StockVpa.size(demand.cpu(), demand.memory(), demand.history(), demand.containersInPod());
        return new PodReason.StockVpaAsks(
                vpa.cpu().map(Range::target), vpa.memory().map(Range::target));
    }

    private static boolean outside(Optional<Long> request, long target, double band) {
        return request.filter(amount -> amount > 0)
                .map(amount -> Math.abs(target - amount) > band * amount)
                .orElse(true);
    }

    /** Whether more is needed, or a bound broken: both are done whatever it saves. */
    private static <T extends Comparable<T>> boolean needed(
            Optional<T> request, UnaryOperator<T> clamp, Optional<T> target) {
        T wanted = target.orElseThrow();
        return request.map(amount -> wanted.compareTo(amount) > 0).orElse(true) || breaks(request, clamp, wanted);
    }

    /** However near to its target, a request beyond a bound does not stay. */
    private static <T> boolean breaks(Optional<T> request, UnaryOperator<T> clamp, T target) {
        return request.filter(amount -> !clamp.apply(amount).equals(amount) && !amount.equals(target))
                .isPresent();
    }

    /**
     * What is left of a change; a bound that was set goes before what an autoscaler measures by.
     *
     * @param to as far as the autoscaler lets it; empty where it is to stay
     */
    private static <T> Optional<T> steered(Optional<T> from, Optional<T> to, UnaryOperator<T> clamp) {
        return to.or(() -> from).map(clamp).filter(left -> !from.equals(Optional.of(left)));
    }

    /** Memory that leaks is named even where nothing changes, which is what is to be done about it here. */
    private static PodReason withinBand(Requirements from, Sizing sizing, TrimtabSizing sized) {
        List<PodReason> leak = leak(sized);
        if (!leak.isEmpty()) return leak.getFirst();
        MilliCores cpu = from.cpuRequest().orElse(MilliCores.ZERO);
        Bytes memory = from.memoryRequest().orElse(Bytes.ZERO);
        return new PodReason.WithinBand(
                cpu,
                sizing.cpu().map(Range::target).orElse(cpu),
                memory,
                sizing.memory().map(Range::target).orElse(memory));
    }

    /** The resource that changes most stands first. */
    private static List<PodReason> reasons(
            Requirements from, TrimtabSizing sized, Optional<MilliCores> cpu, Optional<Bytes> memory) {
        List<PodReason> reasons = new ArrayList<>();
        if (cpu.isPresent()) reasons.addAll(sized.cpuReasons());
        if (memory.isPresent()) reasons.addAll(sized.memoryReasons());
        boolean memoryFirst = cpu.isPresent()
                && memory.isPresent()
                && change(
                                from.memoryRequest().map(Bytes::value),
                                memory.orElseThrow().value())
                        > change(
                                from.cpuRequest().map(MilliCores::value),
                                cpu.orElseThrow().value());
        return memoryFirst ? reasons.reversed() : reasons;
    }

    private static double change(Optional<Long> request, long target) {
        double base = Math.max(1, request.orElse(0L));
        return Math.abs(target - base) / base;
    }

    private static Recommendation hold(Demand demand, Reason reason) {
        return hold(demand, List.of(reason));
    }

    private static Recommendation hold(Demand demand, List<Reason> why) {
        ContainerSpec container = demand.container();
        Requirements now = container.requirements();
        List<Reason> reasons = new ArrayList<>(why);
        reasons.addAll(RuntimeNotes.of(container.runtime(), now, now));
        return new Recommendation.Hold(demand.workload(), container.name(), reasons);
    }
}
