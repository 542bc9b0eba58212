package io.trimtab.ingest.pushed;

import io.trimtab.ingest.usage.Grid;
import io.trimtab.ingest.usage.Samples;
import java.util.OptionalDouble;

/** What PromQL would say of one series at each moment of a grid. */
final class Evaluation {
    private static final double MILLIS = 1000.0;

    private Evaluation() {}

    /** The last sample at each moment, unless it is older than the look-back or the series had ended. */
    static Samples last(RecentSamples from, Grid grid) {
        Samples found = new Samples();
        for (int i = 0; i < grid.points(); i++) {
            long second = grid.first() + i * grid.stepSeconds();
            int index = from.firstFrom(second * 1000 + 1) - 1;
            if (index < 0 || from.atMillis(index) < second * 1000 - PushedSamples.LOOK_BACK.toMillis()) continue;
            if (!Double.isNaN(from.amount(index))) found.add(second, from.amount(index));
        }
        return found;
    }

    /** The mean of a gauge's samples in the window before each moment, both ends included; stale markers do not count. */
    static Samples average(RecentSamples from, Grid grid, long windowSeconds) {
        Samples found = new Samples();
        for (int i = 0; i < grid.points(); i++) {
            long second = grid.first() + i * grid.stepSeconds();
            double sum = 0;
            int count = 0;
            int first = from.firstFrom((second - windowSeconds) * 1000);
            for (int at = first; at < from.size() && from.atMillis(at) <= second * 1000; at++) {
                if (Double.isNaN(from.amount(at))) continue;
                sum += from.amount(at);
                count++;
            }
            if (count > 0 && sum < Double.POSITIVE_INFINITY) found.add(second, sum / count);
        }
        return found;
    }

    /** The rate of a counter over the window before each moment, per second. */
    static Samples rate(RecentSamples from, Grid grid, long windowSeconds) {
        Samples found = new Samples();
        for (int i = 0; i < grid.points(); i++) {
            long second = grid.first() + i * grid.stepSeconds();
            OptionalDouble rate = rate(from, second * 1000, windowSeconds * 1000);
            if (rate.isPresent() && rate.getAsDouble() < Double.POSITIVE_INFINITY)
                found.add(second, rate.getAsDouble());
        }
        return found;
    }

    /**
     * Sums the increases, a fall being a restart from 0, and extends them to the window's ends: all the way where a sample is nearly due there, by half an
     * interval otherwise, and never to before the counter was 0. Both ends belong to the window; stale markers do not count.
     *
     * @return empty with less than two samples in the window
     * @see "prometheus/prometheus v2.42, promql/functions.go: extrapolatedRate"
     */
    static OptionalDouble rate(RecentSamples from, long endMillis, long windowMillis) {
        int first = -1;
        int last = -1;
        int count = 0;
        double lost = 0;
        for (int i = from.firstFrom(endMillis - windowMillis); i < from.size() && from.atMillis(i) <= endMillis; i++) {
            double amount = from.amount(i);
            if (Double.isNaN(amount)) continue;
            if (last >= 0 && amount < from.amount(last)) lost += from.amount(last);
            if (first < 0) first = i;
            last = i;
            count++;
        }
        if (count < 2) return OptionalDouble.empty();
        double increase = from.amount(last) - from.amount(first) + lost;
        double toStart = (from.atMillis(first) - (endMillis - windowMillis)) / MILLIS;
        double toEnd = (endMillis - from.atMillis(last)) / MILLIS;
        double sampled = (from.atMillis(last) - from.atMillis(first)) / MILLIS;
        double interval = sampled / (count - 1);
        if (increase > 0) toStart = Math.min(toStart, sampled * (from.amount(first) / increase));
        double nearlyDue = interval * 1.1;
        double extended =
                sampled + (toStart < nearlyDue ? toStart : interval / 2) + (toEnd < nearlyDue ? toEnd : interval / 2);
        return OptionalDouble.of(increase * (extended / sampled / (windowMillis / MILLIS)));
    }
}
