package io.trimtab.forecast;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.UsageSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the pods of a workload used together, minute by minute, for two days, in half floats. Samples of pods that start are left out: the mean of the others, times how many pods have
 * served over the samples' window, is the total. So neither a rollout's extra pods nor what starting takes is load, and pods that join or leave neither add to the load nor take from it.
 */
final class MinuteUse {
    private static final int MINUTE_SECONDS = 60;
    private static final int WINDOW_MINUTES = (int) StartUp.SAMPLE_WINDOW.toMinutes();

    /** Half a step late is still the same step. */
    private static final double STEPS_FRESH = 1.5;

    /** As long as a snapshot says who serves. */
    private static final Duration LIVE = Duration.ofMinutes(10);

    private static final short GAP = Float.floatToFloat16(Float.NaN);
    private static final float LARGEST = 65504;
    private static final long NEVER = Long.MIN_VALUE;

    final PodStarts starts;
    private final short[] values;
    private long newestMinute;

    private final Map<ContainerId, Newest> newest = new HashMap<>();
    private final Set<PodId> ready = new HashSet<>();
    private final Deque<Double> served = new ArrayDeque<>();

    /** @param counts whether it tells of load; once it does, the next ones do */
    private record Newest(long firstSeconds, long atSeconds, long stepSeconds, double cores, boolean counts) {
        boolean isFreshAt(long seconds) {
            return seconds - atSeconds <= STEPS_FRESH * stepSeconds;
        }
    }

    private record Sample(long atSeconds, ContainerId container, double cores) {}

    MinuteUse() {
        this(new PodStarts(), new short[PastUse.MINUTES], NEVER);
        Arrays.fill(values, GAP);
    }

    private MinuteUse(PodStarts starts, short[] values, long newestMinute) {
        this.starts = starts;
        this.values = values;
        this.newestMinute = newestMinute;
    }

    /**
     * @param cpu series of the workload's containers
     * @param pods of the workload that there are now
     */
    void add(List<UsageSeries> cpu, Map<PodId, Pod> pods, Instant now) {
        ready.retainAll(pods.keySet());
        pods.values().stream()
                .filter(pod -> pod.readyAt().isPresent() && ready.add(pod.id()))
                .sorted(Comparator.comparing(Pod::createdAt))
                .forEach(starts::add);
        List<Sample> samples = new ArrayList<>();
        for (UsageSeries one : cpu) {
            long[] atSeconds = one.atSeconds();
            double[] cores = one.amounts();
            for (int i = 0; i < cores.length; i++) samples.add(new Sample(atSeconds[i], one.container(), cores[i]));
        }
        samples.sort(Comparator.comparingLong(Sample::atSeconds).thenComparing(Sample::container));
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            newest.merge(sample.container(), first(sample, pods), (before, _) -> next(before, sample, pods));
            long minute = minute(sample.atSeconds());
            if (i + 1 == samples.size() || minute(samples.get(i + 1).atSeconds()) != minute) count(minute, pods, now);
        }
    }

    /** Nothing runs, so nothing is used. */
    void none(long atSeconds) {
        newest.clear();
        keep(minute(atSeconds), 0);
    }

    private static Newest first(Sample sample, Map<PodId, Pod> pods) {
        return new Newest(sample.atSeconds(), sample.atSeconds(), MINUTE_SECONDS, sample.cores(), counts(sample, pods));
    }

    private static Newest next(Newest before, Sample sample, Map<PodId, Pod> pods) {
        if (sample.atSeconds() <= before.atSeconds()) return before;
        long step = Math.clamp(
                sample.atSeconds() - before.atSeconds(), MINUTE_SECONDS, HistogramForecaster.FRESH.toSeconds());
        boolean counts = before.counts() || counts(sample, pods) || isOver(before, sample, pods);
        return new Newest(before.firstSeconds(), sample.atSeconds(), step, sample.cores(), counts);
    }

    private static boolean counts(Sample sample, Map<PodId, Pod> pods) {
        Pod pod = pods.get(sample.container().pod());
        return pod != null && StartUp.hasSettled(pod, Instant.ofEpochSecond(sample.atSeconds()));
    }

    /** Of a pod that is gone only its samples are known. */
    private static boolean isOver(Newest before, Sample sample, Map<PodId, Pod> pods) {
        if (pods.containsKey(sample.container().pod())) return false;
        long seen = sample.atSeconds() - before.firstSeconds();
        return seen >= StartUp.INITIALIZATION.plus(StartUp.SAMPLE_WINDOW).toSeconds();
    }

    private void count(long minute, Map<PodId, Pod> pods, Instant now) {
        long end = (minute + 1) * MINUTE_SECONDS;
        boolean live = end > now.minus(LIVE).getEpochSecond();
        newest.entrySet()
                .removeIf(entry -> !entry.getValue().isFreshAt(minute * MINUTE_SECONDS)
                        || (live && leaves(pods.get(entry.getKey().pod()))));
        Set<PodId> counted = new HashSet<>();
        Set<PodId> seen = new HashSet<>();
        double sum = 0;
        for (Map.Entry<ContainerId, Newest> entry : newest.entrySet()) {
            PodId pod = entry.getKey().pod();
            seen.add(pod);
            if (!entry.getValue().counts()) continue;
            counted.add(pod);
            sum += entry.getValue().cores();
        }
        double serving = live ? pods.values().stream().filter(MinuteUse::serves).count() : seen.size();
        serving = Math.max(serving, counted.size());
        long minutes = newestMinute == NEVER ? 1 : Math.clamp(minute - newestMinute, 0, WINDOW_MINUTES);
        for (long i = 0; i < minutes; i++) served.addLast(serving);
        while (served.size() > WINDOW_MINUTES) served.removeFirst();
        // With less than a quarter of it measured, who knows.
        boolean known = 4 * counted.size() >= serving && serving > 0;
        keep(minute, known ? sum / counted.size() * servedOverWindow() : Double.NaN);
    }

    private static boolean leaves(@Nullable Pod pod) {
        return pod == null || pod.deletedAt().isPresent();
    }

    private static boolean serves(Pod pod) {
        return pod.readyAt().isPresent() && pod.deletedAt().isEmpty();
    }

    private void keep(long minute, double cores) {
        if (minute <= newestMinute) return;
        for (long gap = Math.max(newestMinute + 1, minute - PastUse.MINUTES + 1); gap < minute; gap++)
            values[slot(gap)] = GAP;
        values[slot(minute)] = Float.floatToFloat16(Math.min((float) cores, LARGEST));
        newestMinute = minute;
    }

    /** A sample is the mean of what a pod got over its window, and the pods shared it: so the mean share is what counts. */
    private double servedOverWindow() {
        return served.size()
                / served.stream().mapToDouble(count -> 1 / Math.max(1, count)).sum();
    }

    /** At most so many minutes; empty before the first value. */
    Optional<PastUse> past(int most) {
        if (newestMinute == NEVER) return Optional.empty();
        int count = Math.min(most, PastUse.MINUTES);
        while (count > 1 && values[slot(newestMinute - count + 1)] == GAP) count--;
        double[] cores = new double[count];
        for (int i = 0; i < count; i++) cores[i] = Float.float16ToFloat(values[slot(newestMinute - count + 1 + i)]);
        return Optional.of(new PastUse(Instant.ofEpochSecond(newestMinute * MINUTE_SECONDS), cores, starts.usual()));
    }

    private static int slot(long minute) {
        return (int) Math.floorMod(minute, (long) PastUse.MINUTES);
    }

    private static long minute(long atSeconds) {
        return Math.floorDiv(atSeconds, (long) MINUTE_SECONDS);
    }

    /** Which pods' samples count is known again with the next ones; whose start was counted is not. */
    void write(StateWriter to) {
        starts.write(to);
        to.number(ready.size());
        ready.stream().sorted().forEach(pod -> {
            to.text(pod.namespace());
            to.text(pod.name());
        });
        to.signed(newestMinute);
        to.number(PastUse.MINUTES);
        for (short value : values) to.half(value);
    }

    /** @throws IllegalArgumentException if the bytes hold no such state */
    static MinuteUse read(StateReader from) {
        PodStarts starts = PodStarts.read(from);
        Set<PodId> ready = new HashSet<>();
        for (int left = from.count(); left > 0; left--) ready.add(new PodId(from.text(), from.text()));
        long newestMinute = from.signed();
        // Half a million years, so that seconds do not overflow.
        if (newestMinute != NEVER && Math.abs(newestMinute) > 1L << 38)
            throw new IllegalArgumentException("minute %d is none".formatted(newestMinute));
        int count = from.count();
        if (count != PastUse.MINUTES)
            throw new IllegalArgumentException("%d minutes are not %d".formatted(count, PastUse.MINUTES));
        short[] values = new short[PastUse.MINUTES];
        for (int i = 0; i < PastUse.MINUTES; i++) {
            values[i] = from.half();
            float cores = Float.float16ToFloat(values[i]);
            if (cores < 0 || cores == Float.POSITIVE_INFINITY)
                throw new IllegalArgumentException("minute %d used %s cores".formatted(i, cores));
        }
        MinuteUse read = new MinuteUse(starts, values, newestMinute);
        read.ready.addAll(ready);
        return read;
    }
}
