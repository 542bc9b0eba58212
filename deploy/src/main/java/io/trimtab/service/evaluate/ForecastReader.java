package io.trimtab.service.evaluate;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a document of kind {@code forecast}. */
final class ForecastReader {
    private static final int MOST_STEPS = 10_000;
    private static final int MOST_SEASONS = 2;

    private ForecastReader() {}

    /**
     * What is asked.
     *
     * @param values NaN is a gap; at least one is finite
     * @param seasons in steps, ascending, each a multiple of the one before; empty: to be found
     * @param quantiles probabilities by the name under which they are answered
     */
    record Question(
            Duration step,
            double[] values,
            Optional<List<Integer>> seasons,
            int horizon,
            Map<String, Double> quantiles) {
        /** With gaps filled by the value before; leading ones are left out. */
        double[] filled() {
            double[] filled = new double[values.length];
            int count = 0;
            for (double value : values) {
                if (Double.isFinite(value)) filled[count++] = value;
                else if (count > 0) filled[count++] = filled[count - 2];
            }
            return Arrays.copyOf(filled, count);
        }
    }

    static Question read(JsonObject document) {
        document.required("start").instant();
        Duration step = step(document.required("step"));
        double[] values = values(document.required("values"));
        Optional<List<Integer>> seasons = document.optional("seasons").map(given -> seasons(given, step));
        JsonValue horizon = document.required("horizon");
        int steps = horizon.integer(1);
        if (steps > MOST_STEPS) throw horizon.wrong("(%d) must be at most %d".formatted(steps, MOST_STEPS));
        Map<String, Double> quantiles = quantiles(document.required("quantiles"));
        document.end();
        return new Question(step, values, seasons, steps, quantiles);
    }

    private static Duration step(JsonValue given) {
        Duration step = given.duration();
        if (step.isZero()) throw given.wrong("must be > 0");
        return step;
    }

    private static double[] values(JsonValue given) {
        double[] values = given.list().stream()
                .mapToDouble(value -> value.isNull() ? Double.NaN : finite(value))
                .toArray();
        if (Arrays.stream(values).noneMatch(Double::isFinite))
            throw given.wrong(
                    "needs at least one number; nothing can be continued from %d gaps".formatted(values.length));
        return values;
    }

    private static double finite(JsonValue value) {
        double amount = value.amount().doubleValue();
        if (Double.isInfinite(amount)) throw value.wrong("is out of range");
        return amount;
    }

    private static List<Integer> seasons(JsonValue given, Duration step) {
        List<Integer> periods = new ArrayList<>();
        for (JsonValue season : given.list()) {
            Duration length = season.duration();
            long steps = length.dividedBy(step);
            if (steps < 2 || !step.multipliedBy(steps).equals(length))
                throw season.wrong("(%s) must be a whole number of steps, at least two".formatted(season.text()));
            if (steps > Integer.MAX_VALUE / MOST_STEPS)
                throw season.wrong("(%s) has too many steps".formatted(season.text()));
            if (periods.contains((int) steps)) throw season.wrong("(%s) stands twice".formatted(season.text()));
            periods.add((int) steps);
        }
        Collections.sort(periods);
        if (periods.size() > MOST_SEASONS)
            throw given.wrong("has %d seasons; at most %d can be used".formatted(periods.size(), MOST_SEASONS));
        if (periods.size() == MOST_SEASONS && periods.get(1) % periods.get(0) != 0)
            throw given.wrong("needs a longer season that is a multiple of the shorter one");
        return periods;
    }

    private static Map<String, Double> quantiles(JsonValue given) {
        Map<String, Double> quantiles = new LinkedHashMap<>();
        for (JsonValue quantile : given.list()) {
            BigDecimal probability = quantile.amount();
            if (probability.compareTo(BigDecimal.ONE) > 0)
                throw quantile.wrong("(%s) must be in 0..1".formatted(probability));
            String name = probability.stripTrailingZeros().toPlainString();
            if (quantiles.put(name, probability.doubleValue()) != null)
                throw quantile.wrong("(%s) stands twice".formatted(name));
        }
        return quantiles;
    }
}
