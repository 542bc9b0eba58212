package io.trimtab.recommend.zero;

import io.trimtab.recommend.ZeroReason;
import io.trimtab.recommend.zero.ZeroInput.Idle;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/**
 * How long to stay up without work, and when to be up before it comes. The cool-down is where idling has cost as much as a start, which is
 * never more than twice the best in hindsight (ski rental); with enough idle times behind it, the one that would have cost least. Pre-warming
 * by the 5th and 99th percentile of idle times follows Shahrad et al., Serverless in the Wild (ATC 2020).
 *
 * @param prewarm when the workload is to be up although nothing is active
 */
record Warmth(Duration cooldown, Optional<Span> prewarm, Optional<ZeroReason> reason) {
    record Span(Instant from, Instant to, int gaps) {
        boolean contains(Instant moment) {
            return !moment.isBefore(from) && !moment.isAfter(to);
        }
    }

    private static final int GAPS_NEEDED = 5;
    private static final double SOON = 5;
    private static final double LATE = 99;
    private static final double EARLIER = 0.9;
    private static final double LATER = 1.1;
    private static final BigDecimal MILLIS_PER_HOUR = BigDecimal.valueOf(3_600_000);
    private static final BigDecimal LONGEST_MILLIS =
            BigDecimal.valueOf(Duration.ofDays(365).toMillis());

    static Warmth of(ZeroInput input) {
        return input.idle()
                .map(idle -> learned(input, idle))
                .orElseGet(() -> new Warmth(input.cooldown().after(), Optional.empty(), Optional.empty()));
    }

    private static Warmth learned(ZeroInput input, Idle idle) {
        List<Duration> gaps =
                idle.gaps().stream().filter(Duration::isPositive).sorted().toList();
        Optional<Span> prewarm = gaps.size() < GAPS_NEEDED
                ? Optional.empty()
                : input.cooldown().lastActive().map(since -> span(since, gaps, idle.coldStart()));
        // Pods that cost nothing leave nothing to save: then what was asked for holds.
        if (idle.podPricePerHour().signum() == 0)
            return new Warmth(input.cooldown().after(), prewarm, Optional.empty());
        Duration breakEven = breakEven(idle);
        if (gaps.size() < GAPS_NEEDED)
            return new Warmth(
                    breakEven,
                    prewarm,
                    Optional.of(new ZeroReason.BreakEven(
                            breakEven.toSeconds(), idle.coldStartCost(), idle.podPricePerHour())));
        Duration cheapest = cheapest(gaps, breakEven);
        return new Warmth(
                cheapest, prewarm, Optional.of(new ZeroReason.CheapestForHistory(cheapest.toSeconds(), gaps.size())));
    }

    private static Duration breakEven(Idle idle) {
        BigDecimal millis = idle.coldStartCost()
                .multiply(MILLIS_PER_HOUR)
                .divide(idle.podPricePerHour(), 0, RoundingMode.HALF_EVEN);
        return Duration.ofMillis(millis.min(LONGEST_MILLIS).longValueExact());
    }

    /** Only 0 and the idle times themselves can be best: a longer wait costs more until it saves one more start. */
    private static Duration cheapest(List<Duration> sorted, Duration start) {
        Duration best = Duration.ZERO;
        Duration bestCost = start.multipliedBy(sorted.size());
        Duration waited = Duration.ZERO;
        for (int i = 0; i < sorted.size(); i++) {
            Duration candidate = sorted.get(i);
            waited = waited.plus(candidate);
            int longer = sorted.size() - 1 - i;
            Duration cost = waited.plus(candidate.plus(start).multipliedBy(longer));
            if (cost.compareTo(bestCost) < 0) {
                best = candidate;
                bestCost = cost;
            }
        }
        return best;
    }

    private static Span span(Instant since, List<Duration> gaps, Duration coldStart) {
        double[] millis = gaps.stream().mapToDouble(Duration::toMillis).toArray();
        Percentile percentile = new Percentile().withEstimationType(EstimationType.R_7);
        percentile.setData(millis);
        Duration soon = Duration.ofMillis(Math.round(percentile.evaluate(SOON) * EARLIER))
                .minus(coldStart);
        Duration late = Duration.ofMillis(Math.round(percentile.evaluate(LATE) * LATER));
        return new Span(since.plus(soon.isNegative() ? Duration.ZERO : soon), since.plus(late), gaps.size());
    }
}
