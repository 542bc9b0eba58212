package io.trimtab.forecast.peak;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Says the median and P95 of the maximum of the next hour. It learns from its own forecasts, each when its hour is over: ask it at
 * an even pace, best every quarter of an hour, from the first sample on.
 */
public final class HourlyPeakForecaster {
    /** Larger magnitudes are taken as this one, so that no sum of squares overflows. */
    private static final double LARGEST = 1e140;

    private static final int KEPT_DAYS = 28;
    private static final int FITS_PER_DAY = 2;
    private static final int DAYS_BEFORE_FIRST_FIT = 3;

    private record Pending(Origin origin, Mixture.Said median, Mixture.Said high) {}

    private final Samples samples;
    private final int perDay;
    private final int perHour;
    private final Experts medianExperts = new Experts(0.5);
    private final Experts highExperts = new Experts(0.95);
    private final Mixture median;
    private final Mixture high;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final List<Origin> past = new ArrayList<>();
    private boolean negative;
    private int asked;

    /**
     * @param samplesPerHour evenly spaced
     * @param forecastsPerHour how often it will be asked; a divisor of the former, or 1
     */
    public HourlyPeakForecaster(int samplesPerHour, int forecastsPerHour) {
        if (samplesPerHour < 1)
            throw new IllegalArgumentException("samplesPerHour (%d) must be >= 1".formatted(samplesPerHour));
        if (forecastsPerHour < 1 || forecastsPerHour > samplesPerHour)
            throw new IllegalArgumentException(
                    "forecastsPerHour (%d) must be in 1..%d".formatted(forecastsPerHour, samplesPerHour));
        samples = new Samples(samplesPerHour);
        perHour = forecastsPerHour;
        perDay = 24 * forecastsPerHour;
        median = new Mixture(0.5, Experts.COUNT, perDay);
        high = new Mixture(0.95, Experts.COUNT, perDay);
    }

    /** Takes in the next sample. One that is not finite is a gap: it repeats the one before, and its hour teaches nothing. */
    public void add(double value) {
        if (Double.isFinite(value)) {
            negative |= value < 0;
            samples.add(Math.clamp(value, -LARGEST, LARGEST), true);
        } else {
            samples.add(samples.newest() < 0 ? 0 : samples.at(samples.newest()), false);
        }
    }

    /** @throws IllegalStateException if there was no sample */
    public HourlyPeak forecast() {
        if (samples.newest() < 0)
            throw new IllegalStateException("there is no sample yet; add one before a forecast is asked for");
        learn();
        if (asked++ % (perDay / FITS_PER_DAY) == 0 && past.size() >= DAYS_BEFORE_FIRST_FIT * perDay) {
            // Rows of the first day have no day before them.
            List<Origin> rows = past.get(0).time < samples.perDay() ? past.subList(perDay, past.size()) : past;
            medianExperts.fit(rows, perDay);
            highExperts.fit(rows, perDay);
        }
        Origin now = new Origin(samples);
        Mixture.Said middle = median.say(medianExperts.forecast(now, past, perDay, perHour), Double.NEGATIVE_INFINITY);
        double[] tops = highExperts.forecast(now, past, perDay, perHour);
        Mixture.Said top = high.say(tops, isBeyondAllSeen(now) ? tops[Experts.LAST_VALUE] : Double.NEGATIVE_INFINITY);
        pending.add(new Pending(now, middle, top));
        double floor = negative ? Double.NEGATIVE_INFINITY : 0;
        double p50 = Math.max(middle.answer(), floor);
        return new HourlyPeak(p50, Math.max(top.answer(), p50));
    }

    /** Nothing that was learned says how long such a value lasts, and the experts that keep close to what came would miss the whole of it. */
    private boolean isBeyondAllSeen(Origin now) {
        int before = past.size() - perHour;
        return before >= perDay
                && past.subList(0, before).stream().allMatch(origin -> origin.peak < now.rules[Experts.LAST_VALUE]);
    }

    private void learn() {
        while (!pending.isEmpty() && pending.peek().origin.time + samples.perHour <= samples.newest()) {
            Pending over = pending.remove();
            Origin origin = over.origin;
            origin.peak = samples.peakAfter(origin.time);
            origin.whole = samples.wholeHourAfter(origin.time);
            past.add(origin);
            if (origin.whole) {
                median.learn(over.median, origin.peak);
                high.learn(over.high, origin.peak);
            }
        }
        if (past.size() > (KEPT_DAYS + 1) * perDay) past.subList(0, perDay).clear();
    }
}
