package io.trimtab.recommend.pods;

import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.Demand;
import io.trimtab.forecast.RecentDays;
import io.trimtab.forecast.online.Accuracy;
import io.trimtab.forecast.sketch.EvenHistogram;
import io.trimtab.ingest.model.CpuAndMemory;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.Reason;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a recommendation for one container rests on, and what others would ask for.
 *
 * @param since the first sample that counts; empty without one
 * @param days that are known, at most 14
 * @param cpuSamples over all pods
 * @param memoryPeaks one for each container and day
 * @param kills for memory
 * @param accepted risk that the policy allows
 * @param cpuPercentile of samples that the CPU request is to cover where no limit follows it, in 0..100
 * @param stockVpa what the stock VPA asks for
 * @param krr what KRR's simple strategy asks for; its CPU is a lower bound where several pods run
 */
public record PodEvidence(
        Optional<Instant> since,
        int days,
        long cpuSamples,
        long memoryPeaks,
        long kills,
        AcceptedRisk accepted,
        double cpuPercentile,
        CpuAndMemory stockVpa,
        CpuAndMemory krr,
        PodRisk risk,
        Confidence confidence) {
    private static final double MINUTES_PER_DAY = 1440;
    private static final int HOUR_SECONDS = 3600;

    /**
     * @param to what is recommended; what is in force where it stays
     * @param hourly how good the forecasts of the hours' peaks were, as far as that is known
     * @param reasons of the recommendation: where the time of the week decided the risk is that of the hour that asks for most
     * @param at when it was made
     */
    public static PodEvidence of(
            Demand demand,
            Requirements to,
            AcceptedRisk accepted,
            Optional<Accuracy> hourly,
            List<Reason> reasons,
            Instant at) {
        RecentDays recent = demand.recent();
        Sizing vpa = StockVpa.size(demand.cpu(), demand.memory(), demand.history(), demand.containersInPod());
        return new PodEvidence(
                recent.since(),
                recent.days(),
                recent.cpu().total(),
                recent.memory().count(),
                recent.memory().kills(),
                accepted,
                100 * (1 - RiskSizing.contendedMinutes(accepted) / MINUTES_PER_DAY),
                new CpuAndMemory(vpa.cpu().map(Range::target), vpa.memory().map(Range::target)),
                KrrSimple.of(recent),
                PodRisk.of(
                        recent.memory(),
                        cpu(recent, reasons, to, at),
                        demand.container().requirements(),
                        to),
                Confidence.of(recent.days(), recent.cpu().total(), demand.leak().isPresent(), hourly));
    }

    /** A step covers several hours: beside quiet ones the one it is sized for would look harmless. */
    private static EvenHistogram cpu(RecentDays recent, List<Reason> reasons, Requirements to, Instant at) {
        double cores = to.cpuRequest().orElse(MilliCores.ZERO).value() / 1000.0;
        return reasons.stream()
                .filter(PodReason.TimeOfWeek.class::isInstance)
                .map(PodReason.TimeOfWeek.class::cast)
                .flatMap(reason ->
                        recent
                                .cpuByHour(at, (int)
                                        Math.ceilDiv(reason.now().lasts().toSeconds(), HOUR_SECONDS))
                                .stream())
                .max(Comparator.<EvenHistogram>comparingDouble(hour -> hour.shareAbove(cores))
                        .thenComparingDouble(hour -> hour.quantile(1)))
                .orElseGet(recent.cpu()::even);
    }
}
