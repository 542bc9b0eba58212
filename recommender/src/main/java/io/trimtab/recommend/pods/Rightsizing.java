package io.trimtab.recommend.pods;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.ContainerUsage;
import io.trimtab.forecast.MemoryPeaks;
import io.trimtab.forecast.RecentDays;
import io.trimtab.forecast.UsageAggregate;
import io.trimtab.forecast.sketch.EvenHistogram;
import io.trimtab.ingest.model.LimitRule;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.pods.RightsizeAnswer.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Sizes one container from its samples, by the policy that is asked for. */
final class Rightsizing {
    private final RightsizeInput input;
    private final UsageAggregate usage;
    private final RecentDays recent;
    private final DemandShape shape;
    private final List<PodReason> notes = new ArrayList<>();
    private Optional<Bytes> maxHeap = Optional.empty();

    private Rightsizing(RightsizeInput input) {
        this.input = input;
        this.usage = UsageReplay.of(input);
        this.recent = usage.recent();
        this.shape = Shapes.of(input.runs(), input.now());
    }

    static RightsizeAnswer answer(RightsizeInput input) {
        return new Rightsizing(input).answer();
    }

    private RightsizeAnswer answer() {
        Sizing free = switch (input.policy()) {
            case VPA -> vpa();
            case KRR -> KrrSimple.size(input);
            case TRIMTAB -> trimtab();
        };
        LimitRules rules = input.policy() == SizingPolicy.KRR
                ? new LimitRules(new LimitRule.None(), new LimitRule.Plus(Bytes.ZERO))
                : input.limits();
        Sizing bounded = input.bounds().clamp(free);
        Sizing sizing = rules.cap(bounded, input.requirements());
        noteChanges(free, bounded, sizing);
        Requirements now = input.requirements();
        Optional<MilliCores> cpuLimit =
                sizing.cpu().map(range -> rules.cpuLimit(now, range.target())).orElse(now.cpuLimit());
        Optional<Bytes> memoryLimit = sizing.memory()
                .map(range -> rules.memoryLimit(now, range.target()))
                .orElse(now.memoryLimit());
        Requirements after =
                new Requirements(target(sizing.cpu()), target(sizing.memory()), cpuLimit, memoryLimit, now.gpu());
        if (input.policy() == SizingPolicy.TRIMTAB) notes.addAll(RuntimeNotes.of(input.told(), now, after));
        return new RightsizeAnswer(
                sizing,
                cpuLimit,
                memoryLimit,
                maxHeap,
                input.told().map(told -> RuntimeNotes.within(told, after)),
                oomPerWeek(memoryLimit),
                throttledMinutesPerDay(cpuLimit),
                shape,
                usage.checkpoint(),
                reasons(sizing));
    }

    /** Empty where no day is known, as from a checkpoint alone. */
    private Optional<Change> oomPerWeek(Optional<Bytes> limit) {
        MemoryPeaks peaks = recent.memory();
        if (peaks.count() == 0 && peaks.kills() == 0) return Optional.empty();
        double after = heapHeldWithin(limit) ? 0 : oomPerWeek(peaks, limit);
        return Optional.of(new Change(oomPerWeek(peaks, input.requirements().memoryLimit()), after));
    }

    private static double oomPerWeek(MemoryPeaks peaks, Optional<Bytes> limit) {
        return limit.map(bytes -> PeakRisk.perWeek(peaks, bytes.value())).orElse(0.0);
    }

    /** Past peaks of a Java process say nothing of one whose heap is held to what the limit can carry. */
    private boolean heapHeldWithin(Optional<Bytes> limit) {
        return input.runtime()
                .flatMap(runtime -> maxHeap.map(heap -> heap.plus(runtime.nonHeap())))
                .flatMap(held -> limit.map(most -> held.compareTo(most) <= 0))
                .orElse(false);
    }

    /** As {@link #oomPerWeek}, of CPU. */
    private Optional<Change> throttledMinutesPerDay(Optional<MilliCores> limit) {
        EvenHistogram cpu = recent.cpu().even();
        if (cpu.isEmpty()) return Optional.empty();
        return Optional.of(new Change(
                RiskSizing.throttledMinutesPerDay(cpu, input.requirements().cpuLimit()),
                RiskSizing.throttledMinutesPerDay(cpu, limit)));
    }

    private Sizing vpa() {
        return StockVpa.size(usage.cpu(), usage.memory(), usage.history(), input.containersInPod());
    }

    private Sizing trimtab() {
        TrimtabSizing sized = TrimtabSizing.of(
                recent, shape == DemandShape.LEAK, input.requirements(), input.limits(), AcceptedRisk.DEFAULT);
        Sizing vpa = vpa();
        notes.addAll(sized.cpuReasons());
        Optional<Range<Bytes>> memory = sized.sizing().memory();
        if (input.runtime().isPresent())
            memory = Optional.of(java(input.runtime().get()));
        else notes.addAll(sized.memoryReasons());
        if (!notes.isEmpty()) notes.add(new PodReason.StockVpaAsks(target(vpa.cpu()), target(vpa.memory())));
        return new Sizing(sized.sizing().cpu(), memory);
    }

    /** A kill says that the process needed more than its request at that time, whatever its heap says. */
    private Range<Bytes> java(JvmRuntime runtime) {
        JvmSizing sizing = JvmSizing.of(runtime);
        maxHeap = Optional.of(sizing.maxHeap());
        notes.add(new PodReason.HeapDecides(
                runtime.heapAfterGc(),
                runtime.nonHeap(),
                sizing.maxHeap(),
                sizing.memory().target()));
        long killed = UsageReplay.known(input).stream()
                .mapToLong(kill -> ContainerUsage.needed(kill.memoryRequest().value()))
                .max()
                .orElse(0);
        return atLeast(sizing.memory(), new Bytes(killed));
    }

    /** The same range with its target, and with it its upper bound, no lower than {@code least}. */
    static Range<Bytes> atLeast(Range<Bytes> range, Bytes least) {
        Bytes target = max(range.target(), least);
        return new Range<>(target, range.lower(), max(range.upper(), target));
    }

    private static Bytes max(Bytes a, Bytes b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private void noteChanges(Sizing free, Sizing bounded, Sizing capped) {
        if (!target(free.cpu()).equals(target(bounded.cpu()))) notes.add(new PodReason.AtBound(Resource.CPU));
        if (!target(free.memory()).equals(target(bounded.memory()))) notes.add(new PodReason.AtBound(Resource.MEMORY));
        if (!target(bounded.cpu()).equals(target(capped.cpu()))) notes.add(new PodReason.AtLimit(Resource.CPU));
        if (!target(bounded.memory()).equals(target(capped.memory())))
            notes.add(new PodReason.AtLimit(Resource.MEMORY));
    }

    private static <T> Optional<T> target(Optional<Range<T>> range) {
        return range.map(Range::target);
    }

    private List<PodReason> reasons(Sizing sizing) {
        List<PodReason> reasons = new ArrayList<>(
                switch (input.policy()) {
                    case VPA -> quantiles(sizing, StockVpa.TARGET, StockVpa.TARGET);
                    case KRR -> quantiles(sizing, KrrSimple.CPU_QUANTILE, 1);
                    case TRIMTAB -> List.of();
                });
        if (input.policy() == SizingPolicy.KRR) reasons.addAll(KrrSimple.refusals(input));
        reasons.addAll(notes);
        if (reasons.isEmpty()) reasons.add(new PodReason.NoSamples());
        return reasons;
    }

    private List<PodReason> quantiles(Sizing sizing, double cpuQuantile, double memoryQuantile) {
        Requirements now = input.requirements();
        return Stream.<Optional<? extends PodReason>>of(
                        sizing.cpu()
                                .map(range -> new PodReason.CpuSized(now.cpuRequest(), range.target(), cpuQuantile)),
                        sizing.memory()
                                .map(range ->
                                        new PodReason.MemorySized(now.memoryRequest(), range.target(), memoryQuantile)))
                .<PodReason>flatMap(Optional::stream)
                .toList();
    }
}
