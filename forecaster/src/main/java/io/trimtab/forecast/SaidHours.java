package io.trimtab.forecast;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.forecast.online.HourAhead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What was said of each of the last three days' hours when it began, to be shown beside what came. */
final class SaidHours {
    static final int KEPT = 72;
    private static final long HOUR_SECONDS = 3600;
    private static final long NEVER = Long.MIN_VALUE;

    private final float[] medians = new float[KEPT];
    private final float[] highs = new float[KEPT];
    private long newestHour = NEVER;

    SaidHours() {
        Arrays.fill(medians, Float.NaN);
        Arrays.fill(highs, Float.NaN);
    }

    /** What is said of an hour may change until its first minute is over. */
    void keep(HourAhead said) {
        long hour = Math.floorDiv(said.startSeconds(), HOUR_SECONDS);
        if (newestHour == NEVER) newestHour = hour - 1;
        if (hour < newestHour) return;
        for (long gap = Math.max(newestHour, hour - KEPT) + 1; gap <= hour; gap++) put(gap, Float.NaN, Float.NaN);
        newestHour = hour;
        put(hour, finite(said.p50()), finite(said.p95()));
    }

    /** An amount may be larger than a float can be. */
    private static float finite(double amount) {
        return (float) Math.min(amount, Float.MAX_VALUE);
    }

    private void put(long hour, float median, float high) {
        medians[Math.floorMod(hour, KEPT)] = median;
        highs[Math.floorMod(hour, KEPT)] = high;
    }

    /** Oldest first; hours of which nothing was said are left out. */
    List<HourAhead> all() {
        List<HourAhead> all = new ArrayList<>();
        if (newestHour == NEVER) return all;
        for (long hour = newestHour - KEPT + 1; hour <= newestHour; hour++) {
            float median = medians[Math.floorMod(hour, KEPT)];
            if (!Float.isNaN(median))
                all.add(new HourAhead(hour * HOUR_SECONDS, median, highs[Math.floorMod(hour, KEPT)]));
        }
        return all;
    }

    void write(StateWriter to) {
        List<HourAhead> all = all();
        to.number(all.size());
        for (HourAhead said : all) {
            to.signed(said.startSeconds());
            to.single((float) said.p50());
            to.single((float) said.p95());
        }
    }

    /** @throws IllegalArgumentException if the bytes hold no such state */
    static SaidHours read(StateReader from) {
        SaidHours said = new SaidHours();
        for (int left = from.count(); left > 0; left--) {
            HourAhead hour = new HourAhead(from.signed(), from.single(), from.single());
            if (!(hour.p50() >= 0 && hour.p95() < Double.POSITIVE_INFINITY))
                throw new IllegalArgumentException("what was said (%s) is no amount".formatted(hour));
            said.keep(hour);
        }
        return said;
    }
}
