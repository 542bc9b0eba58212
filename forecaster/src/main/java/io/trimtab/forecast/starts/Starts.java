package io.trimtab.forecast.starts;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The newest starts of the containers of one name of a workload, some 60 bytes each. Not safe for threads. */
public final class Starts {
    static final int MOST = 16;

    /** One or two may have been odd. */
    private static final int NEEDED = 3;

    /** Most starts want no more, and the few that do are not waited for. */
    private static final double QUANTILE = 0.75;

    private final Deque<Start> newest = new ArrayDeque<>();

    /** One that is over. */
    record Start(float cores, int seconds, boolean atLimit) {}

    void add(Start start) {
        if (newest.size() == MOST) newest.removeFirst();
        newest.addLast(start);
    }

    /** Empty until some were seen. */
    public Optional<StartUse> use() {
        if (newest.size() < NEEDED) return Optional.empty();
        double[] cores = newest.stream().mapToDouble(Start::cores).sorted().toArray();
        int[] seconds = newest.stream().mapToInt(Start::seconds).sorted().toArray();
        int place = (int) Math.ceil(QUANTILE * (cores.length - 1));
        int atLimit = (int) newest.stream().filter(Start::atLimit).count();
        return Optional.of(new StartUse(cores.length, cores[place], Duration.ofSeconds(seconds[place]), atLimit));
    }

    public void write(StateWriter to) {
        to.number(newest.size());
        newest.forEach(start -> {
            to.single(start.cores());
            to.number(start.seconds());
            to.number(start.atLimit() ? 1 : 0);
        });
    }

    /** @throws IllegalArgumentException if the bytes hold no such state */
    public static Starts read(StateReader from) {
        Starts read = new Starts();
        int count = from.count();
        if (count > MOST) throw new IllegalArgumentException("%d starts are more than %d".formatted(count, MOST));
        for (int i = 0; i < count; i++) {
            float cores = from.single();
            if (!(cores >= 0 && cores < Float.POSITIVE_INFINITY))
                throw new IllegalArgumentException("a start used %s cores".formatted(cores));
            int seconds = (int) Math.min(from.number(), StartUnderWay.LONGEST_SECONDS);
            read.add(new Start(cores, seconds, from.number() > 0));
        }
        return read;
    }
}
