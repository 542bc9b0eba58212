package io.trimtab.recommend.pods;

import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.RecentDays;
import io.trimtab.forecast.sketch.EvenHistogram;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * CPU for the days to come, by what past weeks used at the same time: no day of them, wherever it begins, has more risk than is accepted. More is asked for a day before
 * it is needed, and then for two days at once, so that one step is enough; less only for two days or longer, and for so long that it saves most.
 *
 * @param lasts how long it will do
 */
record TimeOfWeek(Range<MilliCores> cpu, Duration lasts) {
    static final Duration WEEK = Duration.ofDays(7);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration SHORTEST = Duration.ofDays(2);
    private static final Duration STEP = Duration.ofHours(12);

    /**
     * @param request in force
     * @param band of the request, within which more is not asked for
     * @param size what a day's CPU asks for
     */
    static TimeOfWeek of(
            RecentDays recent,
            Instant now,
            MilliCores request,
            double band,
            Function<EvenHistogram, Range<MilliCores>> size) {
        Range<MilliCores> highest = size.apply(recent.cpuIn(now, now.plus(DAY)));
        boolean more = highest.target().value() > (1 + band) * request.value();
        TimeOfWeek best = new TimeOfWeek(Range.only(request), DAY);
        double mostSaved = 0;
        for (Duration reach = DAY.plus(STEP); reach.compareTo(WEEK) <= 0; reach = reach.plus(STEP)) {
            Instant end = now.plus(reach);
            highest = highest(highest, size.apply(recent.cpuIn(end.minus(DAY), end)));
            if (reach.compareTo(SHORTEST) < 0) continue;
            if (more) return new TimeOfWeek(highest, reach);
            double saved = (double) (request.value() - highest.target().value()) * reach.toHours();
            if (saved <= mostSaved) continue;
            mostSaved = saved;
            best = new TimeOfWeek(highest, reach);
        }
        return best;
    }

    private static Range<MilliCores> highest(Range<MilliCores> one, Range<MilliCores> other) {
        return new Range<>(
                max(one.target(), other.target()), max(one.lower(), other.lower()), max(one.upper(), other.upper()));
    }

    private static MilliCores max(MilliCores one, MilliCores other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
