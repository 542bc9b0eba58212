package io.trimtab.recommend.pods;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.MemoryPeaks;
import io.trimtab.forecast.RecentDays;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.recommend.pods.RightsizeAnswer.Change;
import java.util.Optional;

/**
 * What may happen to a pod with the requirements in force and with those to come, judged by the newest two weeks; empty without a sample. A limit that there is not
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
    static PodRisk of(RecentDays recent, Requirements before, Requirements after) {
        MemoryPeaks peaks = recent.memory();
        boolean memory = peaks.count() > 0 || peaks.kills() > 0;
        boolean cpu = recent.cpu().total() > 0;
        return new PodRisk(
                change(memory, killed(peaks, before), killed(peaks, after)),
                change(
                        cpu,
                        RiskSizing.throttledMinutesPerDay(recent, before.cpuLimit()),
                        RiskSizing.throttledMinutesPerDay(recent, after.cpuLimit())),
                change(memory, exceeds(peaks, before.memoryRequest()), exceeds(peaks, after.memoryRequest())),
                change(cpu, minutesAbove(recent, before), minutesAbove(recent, after)));
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

    private static double minutesAbove(RecentDays recent, Requirements requirements) {
        return RiskSizing.throttledMinutesPerDay(
                recent, Optional.of(requirements.cpuRequest().orElse(MilliCores.ZERO)));
    }
}
