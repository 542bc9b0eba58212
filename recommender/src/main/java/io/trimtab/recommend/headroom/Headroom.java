package io.trimtab.recommend.headroom;

import io.trimtab.forecast.online.Level;
import io.trimtab.forecast.online.OnlineSeries;
import java.time.Duration;

/** How many nodes of a pool there should be, so that what is asked for until a further one could be ready finds room. */
public final class Headroom {
    private Headroom() {}

    /**
     * @param asked for now
     * @param ahead the most that is expected to be asked for until a node that is ordered now is ready
     * @param perNode how much a node has room for, above 0
     */
    public static int nodes(double asked, double ahead, double perNode) {
        if (!(perNode > 0)) throw new IllegalArgumentException("perNode (%s) must be above 0".formatted(perNode));
        return (int) Math.ceil(Math.max(asked, ahead) / perNode);
    }

    /**
     * How many pods of a workload should find room beyond those that there are.
     *
     * @param ahead the most replicas that are expected until a node that is ordered now is ready; of a count the nearest whole one is meant, since what lies between comes of the forecast's steps
     * @param most that there may be at all
     */
    public static int pods(int now, double ahead, int most) {
        double more = Math.floor(Math.min(ahead, most) + 0.5) - now;
        return (int) Math.clamp(more, 0, Integer.MAX_VALUE);
    }

    /** What is expected of a series while a node starts: its quantile of the highest minute in that time. */
    public static double ahead(OnlineSeries asked, Duration start, Level level) {
        return asked.forecast(start).maximum(level);
    }
}
