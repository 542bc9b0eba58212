package io.trimtab.forecast.starts;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * What one container has used since its pod was started. A rate is spread over its window also where the container began within that, so its sum is what was used since the start: the mean
 * since then follows. Not safe for threads.
 */
public final class StartUnderWay {
    /** A pod that becomes ready later was ready before. */
    public static final Duration LONGEST = Duration.ofMinutes(30);

    static final long LONGEST_SECONDS = LONGEST.toSeconds();

    /** Sooner a counter has hardly two samples, and what is extended from them to the window's ends is most of its rate. */
    private static final long SOONEST_SECONDS = 30;

    /** A pod that stays this near below its limit is held by it. */
    private static final double AT_LIMIT = 0.9;

    private final long startSeconds;
    private double highestCores;
    private boolean over;

    /** @param startedAt when the kubelet took the pod; pulling its image is a part of the start */
    public StartUnderWay(Instant startedAt) {
        this(startedAt.getEpochSecond(), 0, false);
    }

    private StartUnderWay(long startSeconds, double highestCores, boolean over) {
        this.startSeconds = startSeconds;
        this.highestCores = highestCores;
        this.over = over;
    }

    /** Whether a sample may still tell of the start of a pod; of an older one nothing needs to be looked at. */
    public static boolean mayTell(Instant startedAt, long atSeconds) {
        return atSeconds <= startedAt.getEpochSecond() + LONGEST_SECONDS;
    }

    public boolean isOf(Instant startedAt) {
        return startSeconds == startedAt.getEpochSecond();
    }

    /**
     * Takes in a sample, the older ones first; with the first one after the pod has become ready the start is over, and is counted.
     *
     * @param cores finite and >= 0
     * @param spreadOver as that of {@link io.trimtab.ingest.model.UsageSeries}
     * @param readySeconds when the pod became ready; {@link Long#MAX_VALUE} while it is not
     * @param limitCores of CPU; empty without one
     */
    public void add(
            long atSeconds,
            double cores,
            Duration spreadOver,
            long readySeconds,
            OptionalDouble limitCores,
            Starts counted) {
        long since = atSeconds - startSeconds;
        if (over || since < SOONEST_SECONDS) return;
        long took = readySeconds - startSeconds;
        if (since > LONGEST_SECONDS || took < 0) {
            over = true;
            return;
        }
        highestCores = Math.max(highestCores, cores * Math.max(1, spreadOver.toSeconds() / (double) since));
        if (atSeconds < readySeconds) return;
        over = true;
        boolean atLimit = limitCores.isPresent() && highestCores >= AT_LIMIT * limitCores.getAsDouble();
        counted.add(new Starts.Start((float) highestCores, (int) took, atLimit));
    }

    public void write(StateWriter to) {
        to.signed(startSeconds);
        to.real(highestCores);
        to.number(over ? 1 : 0);
    }

    /** @throws IllegalArgumentException if the bytes hold no such state */
    public static StartUnderWay read(StateReader from) {
        long startSeconds = from.signed();
        double cores = from.real();
        if (!(cores >= 0 && cores < Double.POSITIVE_INFINITY))
            throw new IllegalArgumentException("a start has used %s cores".formatted(cores));
        return new StartUnderWay(startSeconds, cores, from.number() > 0);
    }
}
