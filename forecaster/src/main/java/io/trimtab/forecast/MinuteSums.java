package io.trimtab.forecast;

import io.trimtab.forecast.ContainerMinutes.Sample;
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
import java.util.TreeSet;

/**
 * What namespaces and pools of nodes use of one resource, minute by minute: each container counts with its newest sample. A minute is
 * counted once all that run have told of it, or after a while, so that a sum does not dip because some tell later than others.
 */
final class MinuteSums {
    /** Usage is read about once a minute, so that what comes a round late is still waited for. */
    static final int WAIT_MINUTES = 2;

    private static final int MINUTE_SECONDS = ContainerMinutes.MINUTE_SECONDS;

    /** Before any minute that a sample may be of. */
    private static final long NEVER = -(1L << 60);

    private final Map<ContainerId, ContainerMinutes> containers = new HashMap<>();
    private final TreeSet<Long> open = new TreeSet<>();
    private long counted = NEVER;
    private long first = -NEVER;

    /** Where pods are. */
    interface Places {
        /** One that does not run counts only in the minutes that it told of itself. */
        boolean runs(PodId pod);

        /** What part of it counts for which pool. */
        Map<String, Double> pools(PodId pod);
    }

    /** Is told of each sum, minute after minute. */
    @FunctionalInterface
    interface Counting {
        void count(Scope scope, String name, long minuteSeconds, double sum);
    }

    /** One container and the sums that it counts for; looked up once for all minutes of a batch. */
    private record Part(ContainerMinutes of, boolean runs, Sum namespace, List<Sum> pools, double[] shares) {}

    private static final class Sum {
        private double value;
        private boolean told;

        void add(double amount) {
            value += amount;
            told = true;
        }
    }

    private record Sums(TreeMap<String, Sum> namespaces, TreeMap<String, Sum> pools, List<Part> parts) {}

    /**
     * @param batch of one resource
     * @param now the moment of the newest that is known
     */
    void take(List<UsageSeries> batch, Places places, Instant now, Counting to) {
        long nowSeconds = now.getEpochSecond();
        List<ContainerMinutes> tell = new ArrayList<>();
        for (UsageSeries series : batch)
            tell.add(containers.computeIfAbsent(series.container(), ContainerMinutes::new));
        Sums sums = sums(places);
        int[] next = new int[batch.size()];
        for (long minute = earliest(batch, next); minute != Long.MAX_VALUE; minute = earliest(batch, next)) {
            // A clock that runs ahead would keep minutes open for long.
            boolean isAhead = minute * MINUTE_SECONDS > nowSeconds + HistogramForecaster.FRESH.toSeconds();
            if (!isAhead) first = Math.min(first, minute);
            for (int i = 0; i < next.length; i++) {
                UsageSeries series = batch.get(i);
                for (; next[i] < series.size() && minute(series.atSeconds()[next[i]]) == minute; next[i]++) {
                    Sample sample = new Sample(series.atSeconds()[next[i]], series.amounts()[next[i]]);
                    if (!isAhead && tell.get(i).tell(sample, counted)) open.add(minute);
                }
            }
            count(sums, nowSeconds, to);
        }
        count(sums, nowSeconds, to);
        if (counted != NEVER)
            containers.values().removeIf(container -> !container.waits() && container.isSilentIn(counted));
    }

    private static long earliest(List<UsageSeries> batch, int[] next) {
        long earliest = Long.MAX_VALUE;
        for (int i = 0; i < next.length; i++) {
            UsageSeries series = batch.get(i);
            if (next[i] < series.size()) earliest = Math.min(earliest, minute(series.atSeconds()[next[i]]));
        }
        return earliest;
    }

    private Sums sums(Places places) {
        Sums sums = new Sums(new TreeMap<>(), new TreeMap<>(), new ArrayList<>());
        for (ContainerMinutes container : containers.values()) {
            PodId pod = container.container.pod();
            Map<String, Double> shares = places.pools(pod);
            List<Sum> pools = new ArrayList<>();
            shares.keySet().forEach(pool -> pools.add(sums.pools().computeIfAbsent(pool, _ -> new Sum())));
            sums.parts()
                    .add(new Part(
                            container,
                            places.runs(pod),
                            sums.namespaces().computeIfAbsent(pod.namespace(), _ -> new Sum()),
                            pools,
                            shares.values().stream().mapToDouble(share -> share).toArray()));
        }
        return sums;
    }

    private void count(Sums sums, long nowSeconds, Counting to) {
        while (!open.isEmpty()) {
            long minute = open.first();
            boolean waited = nowSeconds >= (minute + 1 + WAIT_MINUTES) * MINUTE_SECONDS;
            if (!waited && !isComplete(sums, minute)) return;
            counted = minute;
            open.remove(minute);
            for (Part part : sums.parts()) {
                boolean told = part.of().count(minute);
                if (told || (part.runs() && !part.of().isSilentIn(minute)))
                    add(part, part.of().amount());
            }
            emit(Scope.NAMESPACE, sums.namespaces(), minute, to);
            emit(Scope.NODE_POOL, sums.pools(), minute, to);
        }
    }

    private static void add(Part part, double amount) {
        part.namespace().add(amount);
        for (int i = 0; i < part.shares().length; i++) part.pools().get(i).add(part.shares()[i] * amount);
    }

    private static void emit(Scope scope, Map<String, Sum> sums, long minute, Counting to) {
        sums.forEach((name, sum) -> {
            if (sum.told) to.count(scope, name, minute * MINUTE_SECONDS, sum.value);
            sum.value = 0;
            sum.told = false;
        });
    }

    /** At first nobody knows who is to be waited for. */
    private boolean isComplete(Sums sums, long minute) {
        if (minute < first + WAIT_MINUTES) return false;
        for (Part part : sums.parts())
            if (part.runs() && !part.of().waits() && !part.of().isSilentIn(minute)) return false;
        return true;
    }

    private static long minute(long atSeconds) {
        return Math.floorDiv(atSeconds, MINUTE_SECONDS);
    }

    void write(StateWriter to) {
        to.signed(counted);
        to.signed(first);
        to.number(containers.size());
        containers.values().forEach(container -> container.write(to));
    }

    /** @throws IllegalArgumentException if the bytes hold no such state */
    static MinuteSums read(StateReader from) {
        MinuteSums sums = new MinuteSums();
        sums.counted = from.signed();
        sums.first = from.signed();
        for (int left = from.count(); left > 0; left--) {
            ContainerMinutes container = ContainerMinutes.read(from);
            sums.containers.put(container.container, container);
            for (long minute : container.minutes()) sums.open.add(minute);
        }
        return sums;
    }
}
