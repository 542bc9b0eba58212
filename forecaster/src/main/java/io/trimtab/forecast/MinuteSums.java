package io.trimtab.forecast;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.UsageSeries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What all containers use of one resource, minute by minute: each counts with its newest sample. A minute is counted once all that run
 * have told of it, or after a while, so that a sum does not dip because some tell later than others.
 */
final class MinuteSums {
    private static final int MINUTE_SECONDS = 60;

    /** Usage is read about once a minute, so that what comes a round late is still waited for. */
    static final int WAIT_MINUTES = 2;

    private static final long FRESH_SECONDS = HistogramForecaster.FRESH.toSeconds();

    private final Map<ContainerId, Newest> newest = new HashMap<>();
    private final TreeMap<Long, Map<ContainerId, Newest>> open = new TreeMap<>();
    private long counted = Long.MIN_VALUE;
    private long first = Long.MAX_VALUE;

    private record Newest(long atSeconds, double amount) {
        Newest later(Newest other) {
            return other.atSeconds > atSeconds ? other : this;
        }
    }

    /** What a container uses in a minute. */
    record Part(ContainerId container, double amount) {}

    /** Is told of each minute, in their order. */
    @FunctionalInterface
    interface Counting {
        void count(long minuteSeconds, List<Part> parts);
    }

    /**
     * @param batch of one resource
     * @param runs whether a pod still does; one that does not counts only in the minutes that it told of itself
     * @param now the moment of the newest that is known
     */
    void take(List<UsageSeries> batch, Predicate<PodId> runs, Instant now, Counting to) {
        long nowSeconds = now.getEpochSecond();
        int[] next = new int[batch.size()];
        for (long minute = earliest(batch, next); minute != Long.MAX_VALUE; minute = earliest(batch, next)) {
            for (int i = 0; i < next.length; i++) {
                UsageSeries series = batch.get(i);
                for (; next[i] < series.size() && minute(series.atSeconds()[next[i]]) == minute; next[i]++)
                    put(
                            series.container(),
                            new Newest(series.atSeconds()[next[i]], series.amounts()[next[i]]),
                            nowSeconds);
            }
            count(runs, nowSeconds, to);
        }
        count(runs, nowSeconds, to);
    }

    private static long earliest(List<UsageSeries> batch, int[] next) {
        long earliest = Long.MAX_VALUE;
        for (int i = 0; i < next.length; i++) {
            UsageSeries series = batch.get(i);
            if (next[i] < series.size()) earliest = Math.min(earliest, minute(series.atSeconds()[next[i]]));
        }
        return earliest;
    }

    private void put(ContainerId container, Newest sample, long nowSeconds) {
        // A clock that runs ahead would keep minutes open for long.
        if (sample.atSeconds() > nowSeconds + FRESH_SECONDS) return;
        long minute = minute(sample.atSeconds());
        first = Math.min(first, minute);
        Map<ContainerId, Newest> place =
                minute <= counted ? newest : open.computeIfAbsent(minute, _ -> new HashMap<>());
        place.merge(container, sample, Newest::later);
    }

    private void count(Predicate<PodId> runs, long nowSeconds, Counting to) {
        while (!open.isEmpty()) {
            long minute = open.firstKey();
            boolean waited = nowSeconds >= (minute + 1 + WAIT_MINUTES) * MINUTE_SECONDS;
            if (!waited && !isComplete(minute, runs)) return;
            counted = minute;
            Map<ContainerId, Newest> told = open.pollFirstEntry().getValue();
            told.forEach((container, sample) -> newest.merge(container, sample, Newest::later));
            newest.values().removeIf(sample -> isStale(sample, minute));
            List<Part> parts = new ArrayList<>();
            newest.forEach((container, sample) -> {
                if (told.containsKey(container) || runs.test(container.pod()))
                    parts.add(new Part(container, sample.amount()));
            });
            to.count(minute * MINUTE_SECONDS, parts);
        }
    }

    /** At first nobody knows who is to be waited for. */
    private boolean isComplete(long minute, Predicate<PodId> runs) {
        if (minute < first + WAIT_MINUTES) return false;
        return newest.entrySet().stream()
                .allMatch(entry -> isStale(entry.getValue(), minute)
                        || !runs.test(entry.getKey().pod())
                        || open.values().stream().anyMatch(told -> told.containsKey(entry.getKey())));
    }

    private static boolean isStale(Newest sample, long minute) {
        return sample.atSeconds() < (minute + 1) * MINUTE_SECONDS - FRESH_SECONDS;
    }

    private static long minute(long atSeconds) {
        return Math.floorDiv(atSeconds, MINUTE_SECONDS);
    }

    void write(StateWriter to) {
        to.signed(counted);
        write(to, newest);
        to.number(open.size());
        open.forEach((minute, told) -> {
            to.signed(minute);
            write(to, told);
        });
    }

    private static void write(StateWriter to, Map<ContainerId, Newest> samples) {
        to.number(samples.size());
        samples.forEach((container, sample) -> {
            to.text(container.pod().namespace());
            to.text(container.pod().name());
            to.text(container.container());
            to.signed(sample.atSeconds());
            to.real(sample.amount());
        });
    }

    /** @throws IllegalArgumentException if the bytes hold no such state */
    static MinuteSums read(StateReader from) {
        MinuteSums sums = new MinuteSums();
        sums.counted = from.signed();
        sums.newest.putAll(samples(from));
        for (int left = from.count(); left > 0; left--) sums.open.put(from.signed(), samples(from));
        // Who tells of itself is known already.
        if (!sums.newest.isEmpty()) sums.first = sums.counted - WAIT_MINUTES;
        return sums;
    }

    private static Map<ContainerId, Newest> samples(StateReader from) {
        Map<ContainerId, Newest> samples = new HashMap<>();
        for (int left = from.count(); left > 0; left--) {
            ContainerId container = new ContainerId(new PodId(from.text(), from.text()), from.text());
            Newest sample = new Newest(from.signed(), from.real());
            if (!(sample.amount() >= 0 && sample.amount() < Double.POSITIVE_INFINITY))
                throw new IllegalArgumentException(
                        "the amount (%s) of %s is none".formatted(sample.amount(), container));
            samples.put(container, sample);
        }
        return samples;
    }
}
