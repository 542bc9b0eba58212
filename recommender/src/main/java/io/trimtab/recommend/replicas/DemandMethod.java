package io.trimtab.recommend.replicas;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;

/** A way to forecast demand from the values up to an origin; it looks at none after it. */
sealed interface DemandMethod
        permits DemandMethod.Last,
                DemandMethod.Line,
                DemandMethod.Mean,
                DemandMethod.Season,
                DemandMethod.MovedSeason,
                Regression {
    List<Integer> LINE_LENGTHS = List.of(5, 10, 20, 40);
    List<Integer> MEAN_LENGTHS = List.of(3, 10, 30);
    List<Integer> SEASON_SECONDS = List.of(3_600, 86_400, 604_800);

    /** Empty where the values do not reach back far enough. */
    OptionalDouble at(DemandSeries series, int origin, double ahead);

    /** How many of the newest values it needs for a forecast so many steps ahead. */
    int reach(double ahead);

    /** As it is now. */
    record Last() implements DemandMethod {
        @Override
        public int reach(double ahead) {
            return 1;
        }

        @Override
        public OptionalDouble at(DemandSeries series, int origin, double ahead) {
            return series.known(origin) ? OptionalDouble.of(series.value(origin)) : OptionalDouble.empty();
        }
    }

    /** All that could fit the series. */
    static List<DemandMethod> all(DemandSeries series) {
        List<DemandMethod> methods = new ArrayList<>();
        LINE_LENGTHS.forEach(length -> methods.add(new Line(length)));
        MEAN_LENGTHS.forEach(length -> methods.add(new Mean(length)));
        for (int season : seasons(series)) {
            methods.add(new Season(season));
            methods.add(new MovedSeason(season));
        }
        return methods;
    }

    private static SortedSet<Integer> seasons(DemandSeries series) {
        SortedSet<Integer> seasons = new TreeSet<>();
        SEASON_SECONDS.forEach(seconds -> seasons.add((int) Math.round(seconds / series.stepSeconds())));
        seasons.add(series.season());
        // A season must have been seen once before it can be tried.
        seasons.removeIf(steps -> steps < 2 || steps >= series.size());
        return seasons;
    }

    /** The least-squares line through the newest values. */
    record Line(int length) implements DemandMethod {
        @Override
        public int reach(double ahead) {
            return length;
        }

        @Override
        public OptionalDouble at(DemandSeries series, int origin, double ahead) {
            if (origin - length + 1 < 0) return OptionalDouble.empty();
            double count = 0;
            double sumX = 0;
            double sumY = 0;
            double sumXx = 0;
            double sumXy = 0;
            for (int x = 1 - length; x <= 0; x++) {
                if (!series.known(origin + x)) continue;
                double y = series.value(origin + x);
                count++;
                sumX += x;
                sumY += y;
                sumXx += (double) x * x;
                sumXy += x * y;
            }
            double spread = count * sumXx - sumX * sumX;
            if (count < 3 || spread == 0) return OptionalDouble.empty();
            double slope = (count * sumXy - sumX * sumY) / spread;
            return OptionalDouble.of((sumY - slope * sumX) / count + slope * ahead);
        }
    }

    /** The mean of the newest values, where they scatter more than they move. */
    record Mean(int length) implements DemandMethod {
        @Override
        public int reach(double ahead) {
            return length;
        }

        @Override
        public OptionalDouble at(DemandSeries series, int origin, double ahead) {
            if (origin - length + 1 < 0) return OptionalDouble.empty();
            double sum = 0;
            int count = 0;
            for (int i = origin - length + 1; i <= origin; i++) {
                if (!series.known(i)) continue;
                sum += series.value(i);
                count++;
            }
            return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
        }
    }

    /** As it was the last time. */
    record Season(int steps) implements DemandMethod {
        @Override
        public int reach(double ahead) {
            return (int) (steps * Math.max(1, Math.ceil(ahead / steps))) + 1;
        }

        @Override
        public OptionalDouble at(DemandSeries series, int origin, double ahead) {
            double back = steps * Math.max(1, Math.ceil(ahead / steps));
            double same = origin + ahead - back;
            return same > origin ? OptionalDouble.empty() : series.between(same);
        }
    }

    /** As it was the last time, moved by how much the newest value differs from the one a season before it. */
    record MovedSeason(int steps) implements DemandMethod {
        @Override
        public int reach(double ahead) {
            return new Season(steps).reach(ahead);
        }

        @Override
        public OptionalDouble at(DemandSeries series, int origin, double ahead) {
            double back = steps * Math.max(1, Math.ceil(ahead / steps));
            OptionalDouble same = new Season(steps).at(series, origin, ahead);
            OptionalDouble then = series.between(origin - back);
            if (same.isEmpty() || then.isEmpty() || !series.known(origin)) return OptionalDouble.empty();
            return OptionalDouble.of(same.getAsDouble() + series.value(origin) - then.getAsDouble());
        }
    }
}
