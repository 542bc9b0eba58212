package io.trimtab.forecast;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.forecast.sketch.Buckets;
import io.trimtab.forecast.sketch.DayHistogram;
import io.trimtab.forecast.sketch.WeekHistogram;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what the containers of one name used day by day (UTC), for two weeks, some 250 bytes a day, and CPU by the time of the week. The stock VPA's histograms forget half of what they know
 * each day, and so their weekdays by Monday. Not safe for threads.
 */
final class DailyUsage {
    static final int DAYS = 14;
    private static final long DAY_SECONDS = 86_400;

    /** What a day asks for, and how much more of it is more than chance. */
    private static final double HIGH = 0.93;

    private static final double RISEN = 1.2;

    /** One day more, so that each day of the newest week can be held against the same one a week before. */
    private static final int HELD = DAYS + 1;

    private final @Nullable Day[] ring = new Day[HELD];
    private final WeekHistogram week;
    private long newest = Long.MIN_VALUE;

    /** Of the newest sample of CPU, or where there is none the end of the newest peak's day, since 1970. */
    private long lastSecond = Long.MIN_VALUE;

    private boolean cpuSeen;

    DailyUsage() {
        this(new WeekHistogram(Buckets.CPU));
    }

    private DailyUsage(WeekHistogram week) {
        this.week = week;
    }

    private static final class Day {
        final long number;
        DayHistogram cpu = new DayHistogram(Buckets.CPU);
        MemoryPeaks memory = MemoryPeaks.NONE;

        /** When its first sample was taken, since 1970; the end of time while there is none. */
        long firstSecond = Long.MAX_VALUE;

        Day(long number) {
            this.number = number;
        }
    }

    void addCpu(Instant at, double cores) {
        Day day = day(number(at));
        if (day == null) return;
        day.cpu.add(cores);
        week.add(at, cores);
        lastSecond = cpuSeen ? Math.max(lastSecond, at.getEpochSecond()) : at.getEpochSecond();
        cpuSeen = true;
        day.firstSecond = Math.min(day.firstSecond, at.getEpochSecond());
    }

    /** @param end of the 24 hours of which it is the peak; it counts for the day before */
    void addPeak(Instant end, long bytes) {
        Day day = day(number(end) - 1);
        if (day == null) return;
        day.memory = day.memory.and(bytes);
        if (!cpuSeen) lastSecond = Math.max(lastSecond, end.getEpochSecond());
        day.firstSecond = Math.min(day.firstSecond, end.getEpochSecond() - DAY_SECONDS);
    }

    /** Takes back what was added with the same arguments. */
    void subtractPeak(Instant end, long bytes) {
        Day day = day(number(end) - 1);
        if (day != null) day.memory = day.memory.without(bytes);
    }

    void addKill(Instant at, long needed) {
        Day day = day(number(at));
        if (day != null) day.memory = day.memory.killed(needed);
    }

    RecentDays recent() {
        DayHistogram cpu = new DayHistogram(Buckets.CPU);
        MemoryPeaks memory = MemoryPeaks.NONE;
        long first = Long.MAX_VALUE;
        for (Day day : ring) {
            if (day == null || day.number <= newest - DAYS) continue;
            first = Math.min(first, day.firstSecond);
            cpu.addAll(day.cpu);
            memory = memory.and(day.memory);
        }
        Optional<Instant> since =
                first == Long.MAX_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochSecond(first));
        return new RecentDays(since, since.map(this::daysSince).orElse(0), cpu, week.copy(), repeats(), memory);
    }

    /** Whether no whole day of the newest week asked for much more than the same day a week before. */
    private boolean repeats() {
        for (long number = newest - DAYS / 2; number < newest; number++) {
            Day day = ring[Math.floorMod(number, HELD)];
            Day before = ring[Math.floorMod(number - DAYS / 2, HELD)];
            if (day == null || day.number != number || before == null || before.number != number - DAYS / 2) continue;
            if (before.cpu.total() > 0 && day.cpu.quantile(HIGH) > RISEN * before.cpu.quantile(HIGH)) return false;
        }
        return true;
    }

    private int daysSince(Instant first) {
        return (int) Math.round((lastSecond - first.getEpochSecond()) / (double) DAY_SECONDS);
    }

    private static long number(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), DAY_SECONDS);
    }

    /** Null for one that is too long ago. */
    private @Nullable Day day(long number) {
        if (newest != Long.MIN_VALUE && number <= newest - DAYS) return null;
        newest = Math.max(newest, number);
        int place = Math.floorMod(number, HELD);
        Day day = ring[place];
        if (day == null || day.number != number) {
            day = new Day(number);
            ring[place] = day;
        }
        return day;
    }

    void write(StateWriter to) {
        to.signed(lastSecond);
        to.number(cpuSeen ? 1 : 0);
        int held = 0;
        for (Day day : ring) if (day != null) held++;
        to.number(held);
        for (Day day : ring) {
            if (day == null) continue;
            to.signed(day.number);
            to.signed(day.firstSecond);
            day.cpu.write(to);
            MemoryPeaks memory = day.memory;
            to.number(memory.count());
            to.real(memory.meanLog());
            to.real(memory.sumSquares());
            to.real(memory.highest());
            to.number(memory.killNeeds());
            to.number(memory.kills());
        }
        week.write(to);
    }

    /** @throws IllegalArgumentException if the bytes hold no such state */
    static DailyUsage read(StateReader from) {
        long lastSecond = from.signed();
        boolean cpuSeen = from.number() > 0;
        List<Day> days = new ArrayList<>();
        for (int left = from.count(); left > 0; left--) {
            Day day = new Day(from.signed());
            day.firstSecond = from.signed();
            day.cpu = DayHistogram.read(Buckets.CPU, from);
            day.memory = new MemoryPeaks(
                    from.number(),
                    finite(from.real()),
                    finite(from.real()),
                    finite(from.real()),
                    from.number(),
                    from.number());
            days.add(day);
        }
        DailyUsage read = new DailyUsage(WeekHistogram.read(Buckets.CPU, from));
        read.lastSecond = lastSecond;
        read.cpuSeen = cpuSeen;
        for (Day day : days) {
            read.ring[Math.floorMod(day.number, HELD)] = day;
            read.newest = Math.max(read.newest, day.number);
        }
        return read;
    }

    private static double finite(double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY))
            throw new IllegalArgumentException("%s is no figure of a day".formatted(value));
        return value;
    }
}
