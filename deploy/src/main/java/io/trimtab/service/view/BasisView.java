package io.trimtab.service.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a recommendation for one container rests on.
 *
 * @param from the first sample that counts; null without one
 * @param days that are known, at most 14
 * @param cpuSamples over all pods
 * @param memoryPeaks one for each container and day
 * @param kills for memory within these days
 * @param cpuPercentile of samples that the CPU request is to cover where no limit follows it, in 0..100
 * @param caps what moved or kept the numbers, besides the usage; empty where nothing did
 * @param now requests in force, {@code recommended} those to come; the same where they stay
 * @param stockVpa what the stock VPA asks for, {@code krr} what KRR's simple strategy does
 */
public record BasisView(
        @Nullable Instant from,
        int days,
        long cpuSamples,
        long memoryPeaks,
        long kills,
        AcceptedView accepted,
        double cpuPercentile,
        List<ReasonView> caps,
        SourceView source,
        AmountsView now,
        AmountsView recommended,
        AmountsView stockVpa,
        AmountsView krr,
        RiskView risk,
        ConfidenceView confidence) {
    public BasisView {
        caps = List.copyOf(caps);
    }

    /** The risk that the policy accepts. */
    public record AcceptedView(double oomPerWeek, double throttledMinutesPerDay) {}

    /**
     * Where the cluster's samples come from.
     *
     * @param address of the store that is asked, or who pushes
     * @param cpu who makes the metric and what it is called; empty where nothing tells; likewise {@code memory}
     * @param pushedSince since when samples are pushed, which then come before those of a store; null while none are
     */
    public record SourceView(
            String address,
            String cpu,
            String memory,
            @Nullable Instant pushedSince) {}

    /** Requests, each null where there is no number. */
    public record AmountsView(
            @Nullable String cpu, @Nullable String memory) {}

    /**
     * Each null where no sample tells.
     *
     * @param oomPerWeek chance that a pod is killed at its memory limit within 7 days
     * @param throttledMinutesPerDay in which it is held at its CPU limit
     * @param memoryAboveRequestPerWeek chance that it needs more than it requests within 7 days
     * @param cpuAboveRequestMinutesPerDay in which it uses more than it requests
     */
    public record RiskView(
            @Nullable RiskChange oomPerWeek,
            @Nullable RiskChange throttledMinutesPerDay,
            @Nullable RiskChange memoryAboveRequestPerWeek,
            @Nullable RiskChange cpuAboveRequestMinutesPerDay) {}

    /** With what is in force, and with what is recommended; the same where it stays. */
    public record RiskChange(double before, double after) {}

    /**
     * @param level LOW, MEDIUM or HIGH
     * @param because what keeps it from being higher: LEAK, DAYS, SAMPLES or FORECAST; empty for HIGH
     */
    public record ConfidenceView(String level, String because, String message) {}
}
