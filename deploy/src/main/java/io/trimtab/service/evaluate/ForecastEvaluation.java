package io.trimtab.service.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trimtab.forecast.ensemble.Fan;
import io.trimtab.forecast.ensemble.SeasonalForecaster;
import io.trimtab.forecast.season.Season;
import io.trimtab.forecast.season.SeasonFinder;
import io.trimtab.service.evaluate.ForecastReader.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Kind {@code forecast}: continues an evenly spaced series, with quantiles. */
final class ForecastEvaluation implements Evaluation {
    private static final Duration DAY = Duration.ofDays(1);

    /** What a forecast rests on, or why it rests on less than was asked for. */
    private sealed interface Basis {
        record Continued(int values, int gaps, String seasons) implements Basis {}

        record OneValue() implements Basis {}

        record SeasonTooLong(String season, int values) implements Basis {}
    }

    @Override
    public ObjectNode answer(JsonObject document) {
        Question question = ForecastReader.read(document);
        List<Basis> dropped = new ArrayList<>();
        Season season = season(question, dropped);
        List<String> seasons = names(season, question.step());
        Fan fan = SeasonalForecaster.forecast(question.values(), question.horizon(), season);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        write(node.putArray("mean"), Arrays.stream(fan.middle()));
        ObjectNode quantiles = node.putObject("quantiles");
        question.quantiles()
                .forEach((name, probability) -> write(
                        quantiles.putArray(name),
                        IntStream.range(0, question.horizon()).mapToDouble(step -> fan.quantile(probability, step))));
        int known =
                (int) Arrays.stream(question.values()).filter(Double::isFinite).count();
        node.put("method", known == 1 ? "last value" : fan.method());
        ArrayNode used = node.putArray("seasons");
        seasons.forEach(used::add);
        List<Basis> reasons = new ArrayList<>();
        reasons.add(
                known == 1
                        ? new Basis.OneValue()
                        : new Basis.Continued(
                                known,
                                question.values().length - known,
                                seasons.isEmpty() ? "no season" : String.join(" and ", seasons)));
        reasons.addAll(dropped);
        node.set("reasons", Reasons.encode(reasons, ForecastEvaluation::explain));
        return node;
    }

    /** A season that the history does not show twice cannot be used. */
    private static Season season(Question question, List<Basis> dropped) {
        if (question.seasons().isEmpty())
            return SeasonFinder.find(
                    question.filled(), (int) Math.min(DAY.dividedBy(question.step()), Integer.MAX_VALUE));
        int[] periods = question.seasons().orElseThrow().stream()
                .filter(period -> {
                    boolean seenTwice = 2L * period <= question.values().length;
                    if (!seenTwice)
                        dropped.add(new Basis.SeasonTooLong(
                                name(question.step().multipliedBy(period)), question.values().length));
                    return seenTwice;
                })
                .mapToInt(Integer::intValue)
                .toArray();
        if (periods.length == 0) return SeasonFinder.NONE;
        return new Season(periods[0], periods[periods.length - 1]);
    }

    private static List<String> names(Season season, Duration step) {
        return IntStream.of(season.shorter(), season.longer())
                .filter(period -> period > 1)
                .distinct()
                .mapToObj(period -> name(step.multipliedBy(period)))
                .toList();
    }

    /** In the largest unit up to hours that leaves no fraction, as {@code 24h}. */
    private static String name(Duration duration) {
        if (duration.toMillis() % 1_000 != 0) return duration.toMillis() + "ms";
        if (duration.toSeconds() % 60 != 0) return duration.toSeconds() + "s";
        return duration.toMinutes() % 60 != 0 ? duration.toMinutes() + "m" : duration.toHours() + "h";
    }

    private static void write(ArrayNode into, DoubleStream values) {
        values.forEach(into::add);
    }

    private static String explain(Basis basis) {
        return switch (basis) {
            case Basis.Continued(int values, int gaps, String seasons) ->
                "%d values and %d gaps, continued with %s".formatted(values, gaps, seasons);
            case Basis.OneValue() -> "one value says nothing about errors: the bounds are as wide as it is large";
            case Basis.SeasonTooLong(String season, int values) ->
                "season %s is left out: %d values do not show it twice".formatted(season, values);
        };
    }
}
