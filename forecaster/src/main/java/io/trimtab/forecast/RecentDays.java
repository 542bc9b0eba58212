package io.trimtab.forecast;

import io.trimtab.forecast.sketch.Buckets;
import io.trimtab.forecast.sketch.DayHistogram;
import io.trimtab.forecast.sketch.EvenHistogram;
import io.trimtab.forecast.sketch.WeekHistogram;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the containers of one name used over the newest two weeks, each day as heavy as its samples: weekdays are still known on a Monday. Nobody changes it.
 *
 * @param since the first sample that is still held; empty without one
 * @param days between the first sample that is held and the newest one, rounded, at most 14
 * @param cpu of all samples, in cores
 * @param week CPU by time of week, in cores
 * @param repeats whether no whole day of the newest week used much more CPU than the same day a week before
 * @param memory of all days
 */
public record RecentDays(
        Optional<Instant> since, int days, DayHistogram cpu, WeekHistogram week, boolean repeats, MemoryPeaks memory) {
    /** Of what nothing is known. */
    public static final RecentDays NONE = new RecentDays(
            Optional.empty(), 0, new DayHistogram(Buckets.CPU), new WeekHistogram(Buckets.CPU), true, MemoryPeaks.NONE);

    /** CPU of one container, in cores, as it is to be expected in each of so many hours from a moment on, by what was used at that time of the week. */
    public List<EvenHistogram> cpuByHour(Instant from, int hours) {
        return week.expectedByHour(from, hours, cpu.even());
    }
}
