package io.trimtab.recommend.pods;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.MemoryPeaks;
import io.trimtab.forecast.sketch.EvenHistogram;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.recommend.pods.RightsizeAnswer.Change;
import java.util.Optional;

/**
 * What may happen to a pod with the requirements in force and with those to come, judged by the newest two weeks, CPU by the hour of the week that asks for most where that decides; empty without a sample. A limit that there is not
 * harms nobody; a request that there is not is exceeded by all that is used.
 *
 * @param oomPerWeek chance to need more than the memory limit, and so to be killed, within 7 days
 * @param throttledMinutesPerDay minutes a day at the CPU limit
 * @param memoryAboveRequestPerWeek chance to need more than the memory request within 7 days: then it is among the first to go when its node is short
 * @param cpuAboveRequestMinutesPerDay minutes a day above the CPU request: slower only while its node is full
 */
public record PodRisk(
        Optional<Change> oomPerWeek,
        Optional<Change> throttledMinutesPerDay,
        Optional<Change> memoryAboveRequestPerWeek,
        Optional<Change> cpuAboveRequestMinutesPerDay) {
    /** @param cpu that is to be expected, in cores */
    static PodRisk of(MemoryPeaks peaks, EvenHistogram cpu, Requirements before, Requirements after) {
        boolean memory = peaks.count() > 0 || peaks.kills() > 0;
        boolean used = !cpu.isEmpty();
        return new PodRisk(
                change(memory, killed(peaks, before), killed(peaks, after)),
                change(
                        used,
                        RiskSizing.throttledMinutesPerDay(cpu, before.cpuLimit()),
                        RiskSizing.throttledMinutesPerDay(cpu, after.cpuLimit())),
                change(memory, exceeds(peaks, before.memoryRequest()), exceeds(peaks, after.memoryRequest())),
                change(used, minutesAbove(cpu, before), minutesAbove(cpu, after)));
    }

    private static Optional<Change> change(boolean known, double before, double after) {
        return known ? Optional.of(new Change(before, after)) : Optional.empty();
    }

    private static double killed(MemoryPeaks peaks, Requirements requirements) {
        return requirements
                .memoryLimit()
                .filter(limit -> !limit.isZero())
                .map(limit -> PeakRisk.perWeek(peaks, limit.value()))
                .orElse(0.0);
    }

    private static double exceeds(MemoryPeaks peaks, Optional<Bytes> request) {
        return request.filter(amount -> !amount.isZero())
                .map(amount -> PeakRisk.perWeek(peaks, amount.value()))
                .orElse(1.0);
    }

    private static double minutesAbove(EvenHistogram cpu, Requirements requirements) {
        return RiskSizing.throttledMinutesPerDay(
                cpu, Optional.of(requirements.cpuRequest().orElse(MilliCores.ZERO)));
    }
}
