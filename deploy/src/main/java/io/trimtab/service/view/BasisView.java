package io.trimtab.service.view;

import java.math.BigDecimal;
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
 * @param startUp what it should have while it starts; null where that does not pay or is not known
 * @param groups two groups of the workload's pods that differ in CPU for good; null where they are alike
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
        ConfidenceView confidence,
        @Nullable StartUpView startUp,
        @Nullable GroupsView groups) {
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

    /**
     * In place of the CPU request of later.
     *
     * @param limit null without one
     * @param seconds from the pod's start until it is ready, in three of four starts
     * @param used by three of four starts no more
     * @param starts that were seen, {@code atLimit} those that used what the limit allowed
     * @param slowerSeconds how much longer a start takes without it: each one where {@code always}, else on a full node
     */
    public record StartUpView(
            String request,
            @Nullable String limit,
            long seconds,
            String used,
            int starts,
            int atLimit,
            long slowerSeconds,
            boolean always) {}

    /**
     * The request follows the busier ones.
     *
     * @param by a label of their nodes that tells them apart; null where none does
     * @param savingPerMonth were the quieter ones a workload of their own; null where there is none
     */
    public record GroupsView(
            GroupView busier,
            GroupView quieter,
            @Nullable GroupLabelView by,
            @Nullable BigDecimal savingPerMonth) {}

    /**
     * @param names of the first three of its pods
     * @param usual CPU that one uses half of the time
     * @param needed CPU request that keeps the accepted risk
     */
    public record GroupView(int pods, List<String> names, String usual, String needed) {
        public GroupView {
            names = List.copyOf(names);
        }
    }

    /** A label, and the values that the nodes of each group have. */
    public record GroupLabelView(String key, List<String> busier, List<String> quieter) {
        public GroupLabelView {
            busier = List.copyOf(busier);
            quieter = List.copyOf(quieter);
        }
    }

    /** With what is in force, and with what is recommended; the same where it stays. */
    public record RiskChange(double before, double after) {}

    /**
     * @param level LOW, MEDIUM or HIGH
     * @param because what keeps it from being higher: LEAK, DAYS, SAMPLES or FORECAST; empty for HIGH
     */
    public record ConfidenceView(String level, String because, String message) {}
}
