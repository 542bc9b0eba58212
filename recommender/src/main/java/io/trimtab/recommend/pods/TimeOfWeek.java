package io.trimtab.recommend.pods;

import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.RecentDays;
import io.trimtab.forecast.sketch.EvenHistogram;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request of CPU for days that need less than the whole week, by what past weeks used then. It covers every day among them, wherever that begins, as if a third of the
 * risk were accepted, since few samples tell of each.
 *
 * @param lasts how long it will do
 */
record TimeOfWeek(MilliCores request, Duration lasts) {
    static final Duration WEEK = Duration.ofDays(7);
    private static final Duration DAY = Duration.ofDays(1);

    /** Shorter is not worth two changes: nights stay as they are, and a policy's budget of acts a day is left alone. */
    private static final Duration SHORTEST = Duration.ofDays(2);

    private static final Duration STEP = Duration.ofHours(12);

    /** So long before more is needed it is asked for, in case a node must be made first. */
    private static final Duration LEAD = Duration.ofHours(12);

    /** Less and more again are two changes, and each is to be worth eight hours of the request, as {@link Hysteresis} has it. */
    private static final double LEAST_HOURS = 16;

    /**
     * @param request in force
     * @param wholeWeek what all of the week asks for, as far as it may be had
     * @param band of a request, within which it is as good as another
     * @param size what a time's CPU asks for, likewise
     * @return empty where no less than for the whole week will do
     */
    static Optional<TimeOfWeek> of(
            RecentDays recent,
            Instant now,
            MilliCores request,
            MilliCores wholeWeek,
            double band,
            Function<EvenHistogram, Range<MilliCores>> size) {
        Optional<TimeOfWeek> lowest = lowest(recent, now, wholeWeek, size);
        boolean isLow = request.value() < (1 - band) * wholeWeek.value();
        if (!isLow || size.apply(recent.cpuIn(now, now.plus(LEAD))).upper().value() > (1 + band) * request.value())
            return lowest;
        // What is low already and will do goes lower only where that is worth two changes more.
        return lowest.filter(it ->
                        (request.value() - it.request().value()) * it.lasts().toHours()
                                >= LEAST_HOURS * request.value())
                .or(() -> Optional.of(new TimeOfWeek(request, LEAD)));
    }

    private static Optional<TimeOfWeek> lowest(
            RecentDays recent, Instant now, MilliCores wholeWeek, Function<EvenHistogram, Range<MilliCores>> size) {
        Optional<TimeOfWeek> best = Optional.empty();
        MilliCores highest = MilliCores.ZERO;
        double mostSaved = LEAST_HOURS * wholeWeek.value();
        for (Duration reach = DAY; reach.compareTo(WEEK) <= 0; reach = reach.plus(STEP)) {
            Instant end = now.plus(reach);
            MilliCores day = size.apply(recent.cpuIn(end.minus(DAY), end)).upper();
            if (day.compareTo(highest) > 0) highest = day;
            double less = wholeWeek.value() - highest.value();
            if (less * WEEK.toHours() < mostSaved) break;
            double saved = less * reach.toHours();
            if (reach.compareTo(SHORTEST) < 0 || saved < mostSaved) continue;
            mostSaved = saved;
            best = Optional.of(new TimeOfWeek(highest, reach));
        }
        return best;
    }
}
