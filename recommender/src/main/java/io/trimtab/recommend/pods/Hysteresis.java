package io.trimtab.recommend.pods;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Money;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.recommend.Impact;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Whether less is worth touching the pods for. What is sure to be saved counts: as if a third of the risk were accepted, which is where the request may be again next
 * week by nothing but chance. It must be worth more within a week, or as long as it lasts, than the pods' own price of {@value #HOURS} hours, which is what moving them may cost: others run
 * beside them while they start, and caches are cold.
 *
 * @param cpuLasts how long less CPU will do, at most a week
 */
record Hysteresis(
        Requirements from, Sizing sizing, Duration cpuLasts, BiFunction<Requirements, Requirements, Impact> impact) {
    private static final double HOURS = 8;
    private static final double HOURS_PER_WEEK = 168;

    /** The share of the pods' price that must be saved. */
    static final double LEAST_SAVING = HOURS / HOURS_PER_WEEK;

    /** The share of their price of a week that is sure to be saved; of the larger request where there is no price. */
    double saving() {
        MilliCores cpu = from.cpuRequest().orElse(MilliCores.ZERO);
        Bytes memory = from.memoryRequest().orElse(Bytes.ZERO);
        MilliCores cpuLeft = sizing.cpu()
                .map(Range::upper)
                .filter(it -> it.compareTo(cpu) < 0)
                .orElse(cpu);
        Bytes memoryLeft = sizing.memory()
                .map(Range::upper)
                .filter(it -> it.compareTo(memory) < 0)
                .orElse(memory);
        double part = cpuLasts.toHours() / HOURS_PER_WEEK;
        Impact ofCpu = impact.apply(from, with(Optional.of(cpuLeft), from.memoryRequest()));
        Impact ofMemory = impact.apply(from, with(from.cpuRequest(), Optional.of(memoryLeft)));
        long before = ofCpu.monthlyBefore().micros();
        return before > 0
                ? (part * ofCpu.saving().micros() + ofMemory.saving().micros()) / before
                : Math.max(part * share(cpu.value(), cpuLeft.value()), share(memory.value(), memoryLeft.value()));
    }

    /** What a change is worth: less CPU that lasts for a part of the week saves that part of what it would for good. */
    Impact worth(Requirements to) {
        Impact forGood = impact.apply(from, to);
        Impact ofMemory = impact.apply(from, with(from.cpuRequest(), to.memoryRequest()));
        long ofCpu = forGood.saving().micros() - ofMemory.saving().micros();
        if (ofCpu <= 0) return forGood;
        long saved = ofMemory.saving().micros() + Math.round(cpuLasts.toHours() / HOURS_PER_WEEK * ofCpu);
        Money before = forGood.monthlyBefore();
        return new Impact(before, new Money(before.micros() - saved, before.currency()));
    }

    /** What there is no request of stays so. */
    private Requirements with(Optional<MilliCores> cpu, Optional<Bytes> memory) {
        return new Requirements(
                from.cpuRequest().flatMap(_ -> cpu),
                from.memoryRequest().flatMap(_ -> memory),
                from.cpuLimit(),
                from.memoryLimit(),
                from.gpu());
    }

    boolean pays() {
        return saving() >= LEAST_SAVING;
    }

    private static double share(long before, long left) {
        return before == 0 ? 0 : (double) (before - left) / before;
    }
}
