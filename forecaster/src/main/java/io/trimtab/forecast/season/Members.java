package io.trimtab.forecast.season;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Twelve ways to continue a series that has a day and a week, or two other such periods: eight autoregressions, two seasonal naive
 * rules, two profiles. Raw and logarithmic members are both kept: logarithms win relative errors, raw values absolute ones.
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
        // What comes after an origin must not choose its members.
        boolean positive = Arrays.stream(values, 0, origins[0]).allMatch(value -> value > 0)
                && Arrays.stream(values).allMatch(value -> value > 0);
        return members(season, positive).stream()
                .map(member -> member.paths(values, origins, horizon))
                .toArray(double[][][]::new);
    }

    private static List<Member> members(Season season, boolean positive) {
        int day = season.shorter();
        int week = season.longer();
        int[] many = lags(
                IntStream.of(1, 2, 3),
                around(day),
                around(2 * day),
                IntStream.of(3 * day, 4 * day, 5 * day),
                around(6 * day),
                around(week),
                around(week + day),
                around(2 * week));
        int[] recent = lags(
                IntStream.rangeClosed(1, 6),
                IntStream.of(day / 2),
                around(day),
                IntStream.rangeClosed(2, 6).map(days -> days * day),
                around(week));
        int[] overDay = lags(
                IntStream.of(1, 2, 3),
                around(day),
                around(2 * day),
                IntStream.of(3 * day, 4 * day, 5 * day),
                around(6 * day),
                around(week),
                around(week + day));
        int[] overWeek = lags(IntStream.of(1, 2, 3), around(day), IntStream.of(2 * day, 6 * day), around(week));
        List<Member> members = new ArrayList<>();
        for (boolean logarithm : positive ? new boolean[] {false, true} : new boolean[] {false}) {
            members.add(new Autoregression(logarithm, 0, many, SLOW, OF_LEVELS));
            members.add(new Autoregression(logarithm, 0, recent, FAST, OF_LEVELS));
            members.add(new Autoregression(logarithm, day, overDay, SLOW, OF_DIFFERENCES));
            members.add(new Autoregression(logarithm, week, overWeek, SLOW, OF_DIFFERENCES));
        }
        members.add(new SeasonalNaive(day));
        members.add(new SeasonalNaive(week));
        members.add(new Profile(season, 0.7));
        members.add(new Profile(season, 0.4));
        return members;
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
