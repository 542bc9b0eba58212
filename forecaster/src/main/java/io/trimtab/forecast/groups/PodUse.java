package io.trimtab.forecast.groups;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.forecast.sketch.Buckets;
import io.trimtab.forecast.sketch.DayHistogram;
import io.trimtab.forecast.sketch.EvenHistogram;

/**
 * What one container of one pod uses of CPU beside the others of its workload: how many times their mean, hour by hour, where an hour counts half a day later half as much as one does now; and
 * a histogram of its samples, of which half are forgotten each day. What all pods do at a time, such as a day's peak, makes no difference. Some 400 bytes. Not safe for threads.
 */
public final class PodUse {
    private static final long HOUR_SECONDS = 3600;
    private static final long DAY_SECONDS = 86_400;
    private static final long NEVER = Long.MIN_VALUE;

    /** An hour keeps so much of its weight for each hour that is over since: half of it in a day. */
    private static final double KEPT = Math.pow(0.5, 1 / 24.0);

    private DayHistogram cpu = new DayHistogram(Buckets.CPU);
    private long day = NEVER;
    private long hour = NEVER;
    private double inHour;
    private long samplesInHour;

    private long hours;
    private double weight;
    private double sum;
    private double squares;

    /**
     * @param cores finite and >= 0
     * @param meanCores of all pods at that time
     */
    public void add(long atSeconds, double cores, double meanCores) {
        long itsHour = Math.floorDiv(atSeconds, HOUR_SECONDS);
        if (itsHour < hour) return;
        if (itsHour > hour) close(itsHour);
        inHour += meanCores > 0 ? cores / meanCores : 1;
        samplesInHour++;
        long itsDay = Math.floorDiv(atSeconds, DAY_SECONDS);
        if (itsDay > day && day != NEVER) cpu = cpu.halved();
        day = itsDay;
        cpu.add(cores);
    }

    private void close(long next) {
        if (samplesInHour > 0) {
            double times = inHour / samplesInHour;
            double kept = Math.pow(KEPT, next - hour);
            weight = kept * (weight + 1);
            sum = kept * (sum + times);
            squares = kept * (squares + times * times);
            hours++;
        }
        hour = next;
        inHour = 0;
        samplesInHour = 0;
    }

    /** Hours that are over. */
    long hours() {
        return hours;
    }

    /** How many times the mean of all pods it uses; 1 before the first hour is over. */
    double level() {
        return weight == 0 ? 1 : sum / weight;
    }

    /** Of the multiples of its hours. */
    double hourVariance() {
        if (weight == 0) return 0;
        double mean = level();
        return Math.max(0, squares / weight - mean * mean);
    }

    EvenHistogram cpu() {
        return cpu.even();
    }

    void addTo(DayHistogram all) {
        all.addAll(cpu);
    }

    public void write(StateWriter to) {
        cpu.write(to);
        to.signed(day);
        to.signed(hour);
        to.real(inHour);
        to.number(samplesInHour);
        to.number(hours);
        to.real(weight);
        to.real(sum);
        to.real(squares);
    }

    /** @throws IllegalArgumentException if the bytes hold no such state */
    public static PodUse read(StateReader from) {
        PodUse read = new PodUse();
        read.cpu = DayHistogram.read(Buckets.CPU, from);
        read.day = time(from.signed());
        read.hour = time(from.signed());
        read.inHour = finite(from.real());
        read.samplesInHour = from.number();
        read.hours = from.number();
        read.weight = finite(from.real());
        read.sum = finite(from.real());
        read.squares = finite(from.real());
        return read;
    }

    /** Further ahead or back no difference of two would be a number. */
    private static long time(long count) {
        if (count != NEVER && Math.abs(count) > 1L << 38)
            throw new IllegalArgumentException("%d is no hour or day".formatted(count));
        return count;
    }

    private static double finite(double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY))
            throw new IllegalArgumentException("%s is no figure of a pod's hours".formatted(value));
        return value;
    }
}
