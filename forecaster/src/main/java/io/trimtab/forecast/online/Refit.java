package io.trimtab.forecast.online;

import io.trimtab.forecast.accuracy.WeightedMedian;
import io.trimtab.forecast.accuracy.Weights;
import io.trimtab.forecast.intermittent.Intermittent;
import io.trimtab.forecast.season.Members;
import io.trimtab.forecast.season.Season;
import io.trimtab.forecast.season.SeasonFinder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** Fits the path of a week, of hourly means and of hourly maxima, with what is wrong about such paths; about 5 ms. */
final class Refit {
    /** With fewer hours nothing is fitted. */
    static final int LEAST_HOURS = 6;

    private static final int DAY = 24;
    private static final long SECONDS_PER_HOUR = 3600;
    private static final int PAST_ORIGINS = 7;
    private static final double SHARPNESS = 1;

    /** Members want magnitudes of at most 1. */
    private static final double UNIT = 1 << 15;

    /** Beyond it what is known of a series itself would lose its precision beside what was lent. */
    private static final double LARGEST_RATIO = 1 << 10;

    private Refit() {}

    /** @param settled on it nothing is to be learned until the next fit: the quantiles are those of what came, whenever that was */
    private record Path(double[] hours, Spread spread, Optional<Intermittent> settled) {
        static Path of(Intermittent demand) {
            return new Path(new double[State.WEEK], Spread.of(demand), Optional.of(demand));
        }

        double[][] maxima() {
            return settled.map(Maxima::of).orElseGet(() -> Maxima.of(hours, spread));
        }

        /** @param first the hour of the path's first step, since 1970 */
        Path with(Holidays holidays, int first) {
            double[] like = hours.clone();
            for (int step = 0; step < like.length; step++)
                if (holidays.falls(first + step)) like[step] = hours[holidays.likeStep(first, step)];
            return new Path(like, spread, settled);
        }
    }

    static void refit(State state, Occasions occasions) {
        Holidays holidays = occasions.holidays();
        double[] means = filled(state, state::mean, holidays);
        double[] peaks = filled(state, state::peak, holidays);
        if (means.length < LEAST_HOURS) return;
        LevelShift.find(means, repeated(state, means.length, holidays), sinceDeploy(state, occasions))
                .ifPresent(shift -> {
                    shift.remove(means);
                    shift.remove(peaks);
                });
        // Only now: what lay before a shift may be larger than all that was kept.
        int smaller = state.settle(largest(means, peaks) * UNIT);
        for (double[] hours : new double[][] {means, peaks})
            for (int i = 0; i < hours.length; i++) hours[i] = Math.scalb(hours[i], -smaller);
        double wider = youth(state);
        Season found = SeasonFinder.find(means, DAY, State.WEEK);
        Path mean = path(means, found, wider).with(holidays, state.newestHour + 1);
        Path peak = path(peaks, found, wider).with(holidays, state.newestHour + 1);
        double[][] maxima = peak.maxima();
        float[] floats = state.floats;
        for (int h = 0; h < State.WEEK; h++) state.putPath(h, scaled(mean.hours()[h]));
        for (int h = 0; h < State.PEAK_HOURS; h++)
            state.half(State.PEAK_PATH + h, scaled(Math.max(mean.hours()[h], peak.hours()[h])));
        for (int i = 0; i < State.HORIZONS; i++)
            for (int j = 0; j < Level.COUNT; j++) state.half(State.MAXIMA + i * Level.COUNT + j, scaled(maxima[i][j]));
        floats[State.MEAN_BASE] = (float) (mean.spread().base() * UNIT);
        floats[State.MEAN_SLOPE] = (float) mean.spread().slope();
        floats[State.PEAK_BASE] = (float) (peak.spread().base() * UNIT);
        floats[State.PEAK_SLOPE] = (float) peak.spread().slope();
        for (int i = 0; i < Spread.BANDS; i++)
            floats[State.GROWTH + i] = (float) peak.spread().growth()[i];
        boolean anew = floats[State.VALUE_COUNT] == 0 || mean.settled().isPresent() || Clock.isSettled(state);
        for (int i = 0; i < Level.COUNT; i++) {
            floats[State.PEAK_SCORES + i] = (float) peak.spread().scores()[i];
            if (anew) floats[State.VALUE_SCORES + i] = (float) mean.spread().scores()[i];
        }
        if (anew) floats[State.VALUE_COUNT] = mean.settled().isPresent() ? Clock.SETTLED : 0;
        state.fittedHour = state.newestHour;
    }

    /** Whole hours that are known since the last deploy, but for the one in which it was. */
    private static int sinceDeploy(State state, Occasions occasions) {
        if (occasions.deployedAtSeconds().isEmpty()) return 0;
        long hour = Math.floorDiv(occasions.deployedAtSeconds().getAsLong(), SECONDS_PER_HOUR);
        return Math.clamp(state.newestHour - hour, 0, State.HOURS);
    }

    private static double largest(double[] means, double[] peaks) {
        return DoubleStream.concat(Arrays.stream(means), Arrays.stream(peaks))
                .max()
                .orElse(0);
    }

    private static float scaled(double amount) {
        return (float) Math.clamp(amount * UNIT, 0, State.LARGEST_HALF);
    }

    /** In the first day, and while what was borrowed outweighs what is known, bounds are wider. */
    private static double youth(State state) {
        int own = state.newestHour - state.ownSince + 1;
        boolean borrowed = state.firstHour < state.ownSince;
        double young = borrowed ? State.WEEK : DAY;
        return 1 + Math.max(0, 1 - own / young);
    }

    /** Of the newest hours those that repeat the week before. */
    private static boolean[] repeated(State state, int count, Holidays holidays) {
        boolean[] repeated = new boolean[count];
        for (int i = State.WEEK; i < count; i++) {
            int hour = state.newestHour - count + 1 + i;
            repeated[i] = Float.isNaN(state.mean(hour)) || holidays.falls(hour);
        }
        return repeated;
    }

    /** From the first hour that is known; gaps and holidays repeat the week before, gaps else the day before, else the hour before. */
    private static double[] filled(State state, ByHour kept, Holidays holidays) {
        int first = Math.max(state.firstHour, state.newestHour - State.HOURS + 1);
        while (first <= state.newestHour && Float.isNaN(kept.amount(first))) first++;
        int count = state.newestHour - first + 1;
        double own = state.floats[State.OWN_AND_BORROWED];
        double lent = state.floats[State.OWN_AND_BORROWED + 1];
        double ratio = own > 0 && lent > 0 ? Math.min(own / lent, LARGEST_RATIO) : 1;
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            float value = kept.amount(first + i);
            boolean asKept = !Float.isNaN(value) && (i < State.WEEK || !holidays.falls(first + i));
            if (asKept) values[i] = value / UNIT * (first + i < state.ownSince ? ratio : 1);
            else
                values[i] = i >= State.WEEK
                        ? values[i - State.WEEK]
                        : i >= DAY ? values[i - DAY] : values[Math.max(0, i - 1)];
        }
        // Before the first week there is none: a holiday in it repeats the week after.
        for (int i = 0; i < Math.min(State.WEEK, count - State.WEEK); i++)
            if (holidays.falls(first + i)) values[i] = values[i + State.WEEK];
        return values;
    }

    private static Path path(double[] values, Season found, double wider) {
        int[] origins = origins(values.length);
        int past = origins.length - 1;
        double[][] said = said(values, origins, found);
        double[][] errors = new double[past][];
        for (int k = 0; k < past; k++) {
            errors[k] = new double[said[k].length];
            for (int h = 0; h < errors[k].length; h++) errors[k][h] = values[origins[k] + h] - said[k][h];
        }
        if (Intermittent.fits(values, origins, errors)) return Path.of(Intermittent.of(values, values.length));
        Spread spread = Spread.of(Arrays.copyOf(said, past), errors);
        return new Path(said[past], spread.wider(wider), Optional.empty());
    }

    /** By origin: what erred least of the members with day and week, those with a period of the series' own, the median of a week, and the plain rules that repeat a day or a week. */
    private static double[][] said(double[] values, int[] origins, Season found) {
        List<double[][]> candidates = new ArrayList<>();
        candidates.add(ofMembers(values, origins, Season.HOURLY));
        if (State.WEEK % found.longer() != 0) candidates.add(ofMembers(values, origins, found));
        candidates.add(paths(values, origins, (k, steps) -> flat(values, origins[k], steps)));
        for (double[][] plain : Members.plain(values, origins, State.WEEK, Season.HOURLY))
            candidates.add(paths(values, origins, (k, steps) -> Arrays.copyOf(plain[k], steps)));
        return candidates.stream()
                .min(Comparator.comparingDouble(candidate -> loss(candidate, values, origins)))
                .orElseThrow();
    }

    private static double[][] ofMembers(double[] values, int[] origins, Season season) {
        double[][][] paths = Members.paths(values, origins, State.WEEK, season);
        double[] weights = weights(paths, values, origins);
        return paths(values, origins, (k, steps) -> median(paths, k, steps, weights));
    }

    private interface AtOrigin {
        double[] path(int origin, int steps);
    }

    /** As far as it is known what came; from now on a week. */
    private static double[][] paths(double[] values, int[] origins, AtOrigin of) {
        double[][] paths = new double[origins.length][];
        for (int k = 0; k < origins.length; k++) {
            boolean now = k == origins.length - 1;
            paths[k] = of.path(k, now ? State.WEEK : Math.min(State.WEEK, values.length - origins[k]));
        }
        return paths;
    }

    /** The median of the last week: where bursts come without a season, nothing does better. */
    private static double[] flat(double[] values, int origin, int steps) {
        double[] week = Arrays.copyOfRange(values, Math.max(0, origin - State.WEEK), origin);
        Arrays.sort(week);
        double[] flat = new double[steps];
        Arrays.fill(flat, week[week.length / 2]);
        return flat;
    }

    /** Over the first day after each past origin. */
    private static double loss(double[][] said, double[] values, int[] origins) {
        double loss = 0;
        for (int k = 0; k < origins.length - 1; k++)
            for (int h = 0; h < Math.min(DAY, values.length - origins[k]); h++)
                loss += Math.abs(values[origins[k] + h] - said[k][h]);
        return loss;
    }

    /** A day apart, closer while less than ten days are known; the last one is now. */
    private static int[] origins(int known) {
        int least = Math.max(1, known / 3);
        int stride = Math.clamp((known - least) / PAST_ORIGINS, 1, DAY);
        int count = Math.min(PAST_ORIGINS, (known - least) / stride);
        int[] origins = new int[count + 1];
        for (int k = 0; k <= count; k++) origins[k] = known - (count - k) * stride;
        return origins;
    }

    private static double[] weights(double[][][] paths, double[] values, int[] origins) {
        double[] losses = new double[paths.length];
        for (int m = 0; m < paths.length; m++) losses[m] = loss(paths[m], values, origins);
        return Weights.of(losses, SHARPNESS);
    }

    private static double[] median(double[][][] paths, int origin, int steps, double[] weights) {
        double[] median = WeightedMedian.ofPaths(paths, origin, steps, weights);
        for (int h = 0; h < steps; h++) median[h] = Math.max(0, median[h]);
        return median;
    }
}
