package io.trimtab.recommend.replicas;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Says what demand will be one pod start ahead, by the method that has erred least so far.
 *
 * <p>Three families of methods compete: a straight line through the newest values, over a few lengths; their mean; and the value one season earlier, as it was and moved by
 * how much demand has changed since, for an hour, a day, a week and the season that the values themselves show. Each is tried on the given values: at each of
 * the newest moments it forecasts from what was known then. Gaps are left out. What it is worth in replicas is for {@link Headroom} to find out.
 *
 * @see "Hyndman, Athanasopoulos: Forecasting, Principles and Practice, 3rd ed., sections 5.2 (naive methods) and 5.10 (rolling origin)"
 */
final class DemandForecast {
    private static final int TRIALS_NEEDED = 8;
    private static final int TRIALS_AT_MOST = 500;

    sealed interface Judgement {}

    /**
     * @param method that has erred least
     * @param better whether it erred less than the last value did, over all trials and over the newer half of them, so that luck long ago does not count
     */
    record Judged(DemandMethod method, boolean better) implements Judgement {}

    record TooShort(int trials, int needed) implements Judgement {}

    /** A method's absolute errors and the last value's at the same moments, oldest first. */
    private record Trial(DemandMethod method, List<Double> errors, List<Double> naive) {
        double error() {
            return mean(errors);
        }

        boolean beatsNaive() {
            int half = errors.size() / 2;
            return error() < mean(naive)
                    && mean(errors.subList(half, errors.size())) < mean(naive.subList(half, naive.size()));
        }

        private static double mean(List<Double> values) {
            return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        }
    }

    private DemandForecast() {}

    static Judgement of(DemandSeries series) {
        int now = series.size() - 1;
        double ahead = series.stepsAhead();
        List<Trial> trials = DemandMethod.all(series).stream()
                .filter(method -> method.at(series, now, ahead).isPresent())
                .map(method -> attempt(method, series))
                .toList();
        int most = trials.stream().mapToInt(trial -> trial.errors.size()).max().orElse(0);
        return trials.stream()
                .filter(trial -> trial.errors.size() >= TRIALS_NEEDED)
                .min(Comparator.comparingDouble(Trial::error))
                .<Judgement>map(best -> new Judged(best.method, best.beatsNaive()))
                .orElse(new TooShort(most, TRIALS_NEEDED));
    }

    private static Trial attempt(DemandMethod method, DemandSeries series) {
        double ahead = series.stepsAhead();
        int whole = (int) Math.ceil(ahead);
        int last = series.size() - 1 - whole;
        List<Double> errors = new ArrayList<>();
        List<Double> naive = new ArrayList<>();
        IntStream.rangeClosed(Math.max(0, last - TRIALS_AT_MOST + 1), last).forEach(origin -> {
            var actual = series.between(origin + ahead);
            var forecast = method.at(series, origin, ahead);
            if (actual.isEmpty() || forecast.isEmpty() || !series.known(origin)) return;
            errors.add(Math.abs(Math.max(0, forecast.getAsDouble()) - actual.getAsDouble()));
            naive.add(Math.abs(series.value(origin) - actual.getAsDouble()));
        });
        return new Trial(method, errors, naive);
    }
}
