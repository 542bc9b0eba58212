package io.trimtab.recommend.pods;

import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.RecentDays;
import io.trimtab.forecast.sketch.EvenHistogram;
import io.trimtab.recommend.PodReason.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The requests of CPU for the day to come, by what past weeks used at each of its hours: as few steps as are worth it, none above what the whole week asks for. Each step covers every hour
 * that it lasts for. It is decided anew in each round, and only the first step is ever done.
 *
 * @see "Bellman: On the approximation of curves by line segments using dynamic programming, CACM 4(6), 1961"
 */
final class TimeOfWeek {
    static final Duration WEEK = Duration.ofDays(7);
    private static final int HOURS = 24;

    /** So many hours before more is needed it is asked for: others may have taken the room, and a node must be made first. */
    private static final int LEAD = 1;

    /** A change in place restarts nothing, but takes a write to each pod, and the way back may have to wait for room: it must save half an hour of the whole week's request. */
    private static final double CHANGE_HOURS = 0.5;

    /** More than what is requested by no more than this is no reason to change. */
    private static final double NEAR = 0.05;

    private TimeOfWeek() {}

    /**
     * @param request in force
     * @param wholeWeek what all of the week asks for, as far as it may be had
     * @param band of a request, within which it is as good as another
     * @param size what an hour's CPU asks for, likewise
     * @return empty where all of the day asks for what the whole week does
     */
    static List<Step> steps(
            RecentDays recent,
            Instant now,
            MilliCores request,
            MilliCores wholeWeek,
            double band,
            Function<EvenHistogram, MilliCores> size) {
        double most = wholeWeek.value();
        double[] own = recent.cpuByHour(now, HOURS + LEAD).stream()
                .mapToDouble(hour -> size.apply(hour).value())
                .map(need -> need < (1 - band) * most ? need : most)
                .toArray();
        double[] needs = IntStream.range(0, HOURS)
                .mapToDouble(
                        hour -> Arrays.stream(own, hour, hour + LEAD + 1).max().orElseThrow())
                .toArray();
        if (Arrays.stream(needs).allMatch(need -> need == most)) return List.of();
        return cheapest(needs, request.value(), CHANGE_HOURS * most);
    }

    /** From the last hour to the first: what the hours from there on cost at best, and how long their first step lasts then. */
    private static List<Step> cheapest(double[] needs, double request, double change) {
        double[] costs = new double[HOURS + 1];
        int[] ends = new int[HOURS];
        for (int from = HOURS - 1; from >= 0; from--) {
            costs[from] = Double.POSITIVE_INFINITY;
            double highest = 0;
            for (int end = from + 1; end <= HOURS; end++) {
                highest = Math.max(highest, needs[end - 1]);
                double cost = change + highest * (end - from) + costs[end];
                if (cost >= costs[from]) continue;
                costs[from] = cost;
                ends[from] = end;
            }
        }
        List<Step> steps = new ArrayList<>();
        int from = stays(needs, request, costs);
        if (from > 0) steps.add(step(request, from));
        for (; from < HOURS; from = ends[from])
            steps.add(step(Arrays.stream(needs, from, ends[from]).max().orElseThrow(), ends[from] - from));
        return List.copyOf(steps);
    }

    /** For how many hours the request is best left as it is. */
    private static int stays(double[] needs, double request, double[] costs) {
        double least = costs[0];
        int best = 0;
        for (int end = 1; end <= HOURS && needs[end - 1] <= (1 + NEAR) * request; end++) {
            double cost = request * end + costs[end];
            if (cost > least) continue;
            least = cost;
            best = end;
        }
        return best;
    }

    private static Step step(double milli, int hours) {
        return new Step(new MilliCores((long) Math.ceil(milli)), Duration.ofHours(hours));
    }
}
