package io.trimtab.recommend.pods;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.ContainerUsage;
import io.trimtab.forecast.Distribution;
import io.trimtab.forecast.UsageAggregate;
import io.trimtab.ingest.model.LimitRule;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.pods.RightsizeAnswer.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sizes one container from its samples, by the policy that is asked for. */
final class Rightsizing {
    private final RightsizeInput input;
    private final UsageAggregate usage;
    private final Optional<Distribution> cpu;
    private final Optional<Distribution> memory;
    private final List<PodReason> notes = new ArrayList<>();
    private Optional<Bytes> maxHeap = Optional.empty();

    private Rightsizing(RightsizeInput input) {
        this.input = input;
        this.usage = UsageReplay.of(input);
        this.cpu = usage.cpu();
        this.memory = usage.memory();
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
        return new RightsizeAnswer(
                sizing,
                cpuLimit,
                memoryLimit,
                maxHeap,
                memory.map(
                        peaks -> new Change(Risk.oomPerWeek(peaks, now.memoryLimit()), oomAfter(peaks, memoryLimit))),
                cpu.map(samples -> new Change(
                        Risk.throttledMinutesPerDay(samples, now.cpuLimit()),
                        Risk.throttledMinutesPerDay(samples, cpuLimit))),
                Shapes.of(input.runs(), input.now()),
                usage.checkpoint(),
                reasons(sizing));
    }

    /** Past peaks of a Java process say nothing of one whose heap is held to what the limit can carry. */
    private double oomAfter(Distribution peaks, Optional<Bytes> limit) {
        boolean heapHeld = input.runtime()
                .flatMap(runtime -> maxHeap.map(heap -> heap.plus(runtime.nonHeap())))
                .flatMap(held -> limit.map(most -> held.compareTo(most) <= 0))
                .orElse(false);
        return heapHeld ? 0 : Risk.oomPerWeek(peaks, limit);
    }

    private Sizing vpa() {
        return StockVpa.size(cpu, memory, usage.history(), input.containersInPod());
    }

    private Sizing trimtab() {
        Sizing vpa = vpa();
        if (input.runtime().isPresent())
            return new Sizing(vpa.cpu(), Optional.of(java(input.runtime().orElseThrow())));
        notes.add(new PodReason.VpaWithRisk(PodPolicy.ACCEPTED_OOM_PER_WEEK));
        return new Sizing(vpa.cpu(), vpa.memory().flatMap(range -> memory.map(peaks -> riskBounded(range, peaks))));
    }

    private Range<Bytes> riskBounded(Range<Bytes> range, Distribution peaks) {
        Bytes needed = Risk.memoryFor(peaks, PodPolicy.ACCEPTED_OOM_PER_WEEK);
        if (needed.compareTo(range.target()) > 0)
            notes.add(new PodReason.RaisedForRisk(range.target(), needed, PodPolicy.ACCEPTED_OOM_PER_WEEK));
        return atLeast(range, needed);
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
        List<PodReason> reasons = new ArrayList<>();
        boolean krr = input.policy() == SizingPolicy.KRR;
        double cpuQuantile = krr ? KrrSimple.CPU_QUANTILE : StockVpa.TARGET;
        double memoryQuantile = krr ? 1 : StockVpa.TARGET;
        sizing.cpu()
                .ifPresent(range -> reasons.add(
                        new PodReason.CpuSized(input.requirements().cpuRequest(), range.target(), cpuQuantile)));
        sizing.memory()
                .filter(range -> maxHeap.isEmpty())
                .ifPresent(range -> reasons.add(new PodReason.MemorySized(
                        input.requirements().memoryRequest(), range.target(), memoryQuantile)));
        if (krr) reasons.addAll(KrrSimple.refusals(input));
        if (reasons.isEmpty() && sizing.memory().isEmpty()) reasons.add(new PodReason.NoSamples());
        reasons.addAll(notes);
        return reasons;
    }
}
