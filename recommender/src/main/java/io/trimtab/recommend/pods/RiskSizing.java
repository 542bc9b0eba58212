package io.trimtab.recommend.pods;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.MemoryPeaks;
import io.trimtab.forecast.RecentDays;
import io.trimtab.forecast.sketch.EvenHistogram;
import io.trimtab.ingest.model.Requirements;
import java.util.Optional;

/**
 * Trimtab's own size: the least that keeps the accepted risk, judged by the newest two weeks.
 *
 * <p>A CPU limit is reached for no more minutes a day than are accepted. Where CPU is not limited, a pod that wants more than its request gets it unless its
 * node is full; that is taken to be so in one minute of {@value #MINUTES_PER_FULL_MINUTE}, so the request may be exceeded that much more often.
 * A pod that has stood at its limit wants more than can be seen, so it gets more by steps. Memory is what the daily peaks to come exceed with the accepted chance, and
 * never less than a little above the highest peak, or than what those are taken to have needed that were killed.
 */
final class RiskSizing {
    private static final double MINUTES_PER_DAY = 1440;
    private static final double MINUTES_PER_FULL_MINUTE = 20;

    /** However much is accepted, the request covers nine of ten minutes, as the stock VPA's does. */
    private static final double MOST_CONTENDED = 144;

    /** So near to the highest sample, as a share of it, it stands at its top. */
    private static final double NEAR_TOP = 0.97;

    private static final double STEP = 1.15;

    /** Between this much more and this much less risk a request may as well stay. */
    private static final double EASE = 3;

    /** A week is not known yet: the stock VPA's margin, less with each day. */
    private static final double YOUNG_MARGIN = 0.15;

    private static final int WEEK = 7;
    private static final double ABOVE_HIGHEST = 1.02;
    private static final long LEAST_MILLI = 1;
    private static final long LEAST_BYTES = 16L << 20;

    private RiskSizing() {}

    static Sizing size(RecentDays recent, Requirements now, LimitRules limits, AcceptedRisk risk) {
        return new Sizing(
                recent.cpu().total() == 0
                        ? Optional.empty()
                        : Optional.of(cpu(recent.cpu().even(), recent.days(), now, limits, risk)),
                recent.memory().count() == 0 && recent.memory().kills() == 0
                        ? Optional.empty()
                        : Optional.of(memory(recent.memory(), risk)));
    }

    /** Minutes a day in which a pod may want more than its request where no limit holds it. */
    static double contendedMinutes(AcceptedRisk risk) {
        return Math.min(MOST_CONTENDED, risk.throttledMinutesPerDay() * MINUTES_PER_FULL_MINUTE);
    }

    /** Minutes a day in which CPU usage exceeds the limit; 0 without a limit. */
    static double throttledMinutesPerDay(EvenHistogram cpu, Optional<MilliCores> limit) {
        return limit.map(milli -> MINUTES_PER_DAY * cpu.shareAbove(milli.value() / 1000.0))
                .orElse(0.0);
    }

    /**
     * @param cpu of one container, in cores; not empty
     * @param days that are known
     */
    static Range<MilliCores> cpu(EvenHistogram cpu, int days, Requirements now, LimitRules limits, AcceptedRisk risk) {
        Optional<Double> limitPerRequest = limits.cpuLimitPerRequest(now);
        double margin = 1 + YOUNG_MARGIN * Math.max(0, WEEK - days) / WEEK;
        double throttled = risk.throttledMinutesPerDay();
        double contended = contendedMinutes(risk);
        return new Range<>(
                milli(margin * cores(cpu, contended, throttled, limitPerRequest)),
                milli(cores(cpu, contended * EASE, throttled * EASE, limitPerRequest)),
                milli(margin * cores(cpu, contended / EASE, throttled / EASE, limitPerRequest)));
    }

    private static double cores(
            EvenHistogram cpu, double contended, double throttled, Optional<Double> limitPerRequest) {
        double free = exceeded(cpu, contended);
        return limitPerRequest
                .map(ratio -> Math.max(free, beyondTop(cpu, throttled) * exceeded(cpu, throttled) / ratio))
                .orElse(free);
    }

    /**
     * What was cut off by a limit stands at its top for long; what is wanted beyond cannot be seen, so there is a step more. It is judged by the samples alone and not by
     * the limit of today: with that, a raised limit would look as if it had never been reached, and be taken back.
     */
    private static double beyondTop(EvenHistogram cpu, double throttled) {
        double top = cpu.quantile(1);
        return MINUTES_PER_DAY * cpu.shareAbove(NEAR_TOP * top) > throttled ? STEP : 1;
    }

    private static double exceeded(EvenHistogram cpu, double minutesPerDay) {
        return cpu.quantile(1 - minutesPerDay / MINUTES_PER_DAY);
    }

    private static MilliCores milli(double cores) {
        return new MilliCores(Math.max(LEAST_MILLI, (long) Math.ceil(cores * 1000)));
    }

    private static Range<Bytes> memory(MemoryPeaks peaks, AcceptedRisk risk) {
        double seen = Math.max(peaks.highest(), peaks.killNeeds());
        double above = Math.max(peaks.highest() * ABOVE_HIGHEST, peaks.killNeeds());
        double target = Math.max(above, PeakRisk.exceeded(peaks, risk.oomPerWeek()));
        double upper = Math.max(above, PeakRisk.exceeded(peaks, risk.oomPerWeek() / EASE));
        return new Range<>(bytes(target), bytes(seen), bytes(Math.max(target, upper)));
    }

    private static Bytes bytes(double amount) {
        return new Bytes(Math.max(LEAST_BYTES, (long) Math.ceil(amount)));
    }
}
