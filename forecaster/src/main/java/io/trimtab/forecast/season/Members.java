package io.trimtab.forecast.season;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Fourteen ways to continue a series that has a day and a week, or two other such periods: eight autoregressions, two smoothings, two
 * seasonal naive rules, two profiles. Raw and logarithmic members are both kept: logarithms win relative errors, raw values absolute ones.
 *
 * @see "docs/forecasting.md says on what the constants were set"
 */
public final class Members {
    private static final double SLOW = 0.999;
    private static final double FAST = 0.997;
    private static final double OF_LEVELS = 3e-4;
    private static final double OF_DIFFERENCES = 3e-3;

    private Members() {}

    /**
     * @param values n finite values, oldest first, evenly spaced
     * @param origins ascending, each in 1..n: how many values a path may use
     * @return by member, then origin, then step; finite when the values are at most 1 in magnitude
     */
    public static double[][][] paths(double[] values, int[] origins, int horizon, Season season) {
        List<double[][]> paths = new ArrayList<>();
        List<Autoregression> autoregressions = autoregressions(season);
        for (Member member : autoregressions) paths.add(member.paths(values, origins, horizon));
        double[] logarithms = new double[values.length];
        boolean positive = true;
        for (int t = 0; t < values.length; t++) {
            positive &= values[t] > 0;
            logarithms[t] = Math.log(values[t]);
        }
        Member smoothing = new Smoothing(season);
        paths.add(smoothing.paths(values, origins, horizon));
        if (positive) {
            for (Member member : autoregressions) paths.add(exponentials(member.paths(logarithms, origins, horizon)));
            paths.add(exponentials(smoothing.paths(logarithms, origins, horizon)));
        }
        for (Member member : rules(season)) paths.add(member.paths(values, origins, horizon));
        return paths.toArray(double[][][]::new);
    }

    /** What repeats the last period alone, likewise: where no member does better that is the most that can be said. */
    public static double[][][] plain(double[] values, int[] origins, int horizon, Season season) {
        return Stream.of(season.shorter(), season.longer())
                .map(period -> new SeasonalNaive(period).paths(values, origins, horizon))
                .toArray(double[][][]::new);
    }

    private static double[][] exponentials(double[][] paths) {
        for (double[] path : paths) for (int h = 0; h < path.length; h++) path[h] = Math.exp(path[h]);
        return paths;
    }

    private static List<Autoregression> autoregressions(Season season) {
        int day = season.shorter();
        int week = season.longer();
        int[] recent = lags(
                IntStream.rangeClosed(1, 6),
                IntStream.of(day / 2),
                around(day),
                IntStream.rangeClosed(2, 6).map(days -> days * day),
                around(week));
        int[] overWeek = lags(IntStream.of(1, 2, 3), around(day), IntStream.of(2 * day, 6 * day), around(week));
        return List.of(
                new Autoregression(0, lags(many(day, week), around(2 * week)), SLOW, OF_LEVELS),
                new Autoregression(0, recent, FAST, OF_LEVELS),
                new Autoregression(day, lags(many(day, week)), SLOW, OF_DIFFERENCES),
                new Autoregression(week, overWeek, SLOW, OF_DIFFERENCES));
    }

    private static IntStream many(int day, int week) {
        return Stream.of(
                        IntStream.of(1, 2, 3),
                        around(day),
                        around(2 * day),
                        IntStream.of(3 * day, 4 * day, 5 * day),
                        around(6 * day),
                        around(week),
                        around(week + day))
                .flatMapToInt(part -> part);
    }

    private static List<Member> rules(Season season) {
        return List.of(
                new SeasonalNaive(season.shorter()),
                new SeasonalNaive(season.longer()),
                new Profile(season, 0.7),
                new Profile(season, 0.4));
    }

    private static IntStream around(int lag) {
        return IntStream.rangeClosed(lag - 1, lag + 1);
    }

    private static int[] lags(IntStream... parts) {
        return Arrays.stream(parts)
                .flatMapToInt(part -> part)
                .filter(lag -> lag > 0)
                .sorted()
                .distinct()
                .toArray();
    }
}
