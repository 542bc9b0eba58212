package io.trimtab.service.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trimtab.forecast.sketch.Buckets;
import io.trimtab.forecast.sketch.DayHistogram;
import io.trimtab.forecast.sketch.DecayingHistogram;
import io.trimtab.forecast.sketch.EvenHistogram;
import io.trimtab.forecast.sketch.HistogramCheckpoint;
import io.trimtab.forecast.sketch.WeekHistogram;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Kind {@code sketch}: quantiles of a decaying histogram. One that starts from the stock VPA's checkpoint also answers one; with a season of a week there are also the
 * quantiles that are to be expected at that time of the week.
 */
final class SketchEvaluation implements Evaluation {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration USUAL_SPAN = Duration.ofHours(3);

    /** Each quantile goes through the buckets one by one; so many steps take a tenth of a second. */
    private static final int MOST_STEPS = 100_000_000;

    private record Sample(double value, double weight, Instant at) {}

    /** What is to be expected in the time from {@code at} on, by the samples before it. */
    private record Season(Instant at, Duration span) {}

    /** What the histogram answered from. */
    private record Counted(int samples, int buckets, boolean decays) {}

    @Override
    public ObjectNode answer(JsonObject document) {
        Buckets buckets = buckets(document.required("buckets").object());
        Optional<JsonValue> halfLife = document.optional("halfLife");
        Optional<JsonObject> checkpoint = document.object("checkpoint");
        if (checkpoint.isPresent() && halfLife.isEmpty())
            throw document.wrong("halfLife", "is required beside a checkpoint");
        DecayingHistogram histogram = checkpoint.isPresent()
                ? restored(buckets, halfLife.orElseThrow(), checkpoint.orElseThrow())
                : histogram(buckets, halfLife);
        List<Sample> samples = document.required("samples").list().stream()
                .map(SketchEvaluation::sample)
                .sorted(Comparator.comparing(Sample::at))
                .toList();
        List<Double> quantiles = document.required("quantiles").list().stream()
                .map(quantile -> quantile.decimal().doubleValue())
                .toList();
        if ((long) buckets.count() * quantiles.size() > MOST_STEPS)
            throw document.wrong(
                    "quantiles",
                    "(%d) must be at most %d for a histogram of %d buckets"
                            .formatted(quantiles.size(), MOST_STEPS / buckets.count(), buckets.count()));
        Optional<Season> season = document.optional("season").map(given -> season(given, document));
        if (season.isPresent() && buckets.count() > WeekHistogram.MOST_BUCKETS)
            throw document.wrong(
                    "buckets",
                    "(%d) must be at most %d with a season".formatted(buckets.count(), WeekHistogram.MOST_BUCKETS));
        document.end();
        samples.forEach(sample -> histogram.add(sample.value(), sample.weight(), sample.at()));
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode values = node.putArray("values");
        quantiles.forEach(quantile -> values.add(plain(histogram.quantile(Math.clamp(quantile, 0, 1)))));
        season.ifPresent(asked -> {
            EvenHistogram expected = expected(buckets, samples, asked);
            ArrayNode seasonal = node.putArray("seasonal");
            quantiles.forEach(quantile -> seasonal.add(plain(expected.quantile(quantile))));
        });
        if (checkpoint.isPresent()) node.set("checkpoint", UsageCheckpoints.histogram(histogram.checkpoint()));
        Counted counted = new Counted(samples.size(), buckets.count(), halfLife.isPresent());
        node.set("reasons", Reasons.encode(List.of(counted), SketchEvaluation::explain));
        return node;
    }

    private static Season season(JsonValue given, JsonObject document) {
        if (!given.duration().equals(WEEK)) throw given.wrong("must be 168h");
        Instant at = document.required("at").instant();
        Duration span = document.optional("span").map(JsonValue::duration).orElse(USUAL_SPAN);
        if (span.isZero() || span.compareTo(WEEK) > 0) throw document.wrong("span", "must be > 0s and <= 168h");
        return new Season(at, span);
    }

    /** Every sample counts the same in its hour, and every hour of a cell by its week. */
    private static EvenHistogram expected(Buckets buckets, List<Sample> samples, Season season) {
        WeekHistogram week = new WeekHistogram(buckets);
        DayHistogram all = new DayHistogram(buckets);
        List<Double> values = new ArrayList<>();
        for (Sample sample : samples) {
            if (!sample.at().isBefore(season.at())) continue;
            // One tells of all of its hour here, whatever the step of the samples is.
            for (int i = 0; i < WeekHistogram.ENOUGH; i++) week.add(sample.at(), sample.value());
            values.add(sample.value());
        }
        // The outermost first: so its span of buckets is widened twice, not with each sample.
        values.sort(Comparator.naturalOrder());
        if (!values.isEmpty()) all.add(values.removeLast());
        values.forEach(all::add);
        return week.expected(season.at(), season.at().plus(season.span()), all.even());
    }

    private static Buckets buckets(JsonObject object) {
        String scheme = object.required("scheme").text();
        double max = positive(object.required("max"));
        try {
            Buckets buckets = switch (scheme) {
                case "linear" -> Buckets.linear(positive(object.required("size")), max);
                case "exponential" ->
                    Buckets.exponential(positive(object.required("first")), positive(object.required("ratio")), max);
                default -> throw object.wrong("scheme", "(%s) must be linear or exponential".formatted(scheme));
            };
            object.end();
            return buckets;
        } catch (IllegalArgumentException e) {
            throw new EvaluateException(object.path(), String.valueOf(e.getMessage()));
        }
    }

    private static DecayingHistogram histogram(Buckets buckets, Optional<JsonValue> halfLife) {
        if (halfLife.isEmpty()) return DecayingHistogram.lasting(buckets);
        try {
            return DecayingHistogram.decaying(buckets, halfLife.orElseThrow().duration());
        } catch (IllegalArgumentException e) {
            throw halfLife.orElseThrow().wrong(String.valueOf(e.getMessage()));
        }
    }

    private static DecayingHistogram restored(Buckets buckets, JsonValue halfLife, JsonObject checkpoint) {
        HistogramCheckpoint held = UsageCheckpoints.histogram(checkpoint);
        try {
            return DecayingHistogram.restore(buckets, halfLife.duration(), held);
        } catch (IllegalArgumentException e) {
            throw new EvaluateException(checkpoint.path(), String.valueOf(e.getMessage()));
        }
    }

    private static Sample sample(JsonValue value) {
        JsonObject object = value.object();
        double amount =
                finite(object.required("value"), object.required("value").amount());
        double weight = object.optional("weight")
                .map(given -> finite(given, given.amount()))
                .orElse(1.0);
        Instant at = object.optional("at").map(JsonValue::instant).orElse(Instant.EPOCH);
        object.end();
        return new Sample(amount, weight, at);
    }

    private static double positive(JsonValue value) {
        double amount = finite(value, value.amount());
        if (amount == 0) throw value.wrong("must be > 0");
        return amount;
    }

    private static double finite(JsonValue value, BigDecimal amount) {
        if (Double.isInfinite(amount.doubleValue())) throw value.wrong("is out of range");
        return amount.doubleValue();
    }

    /** A whole number is written without a fraction. */
    private static BigDecimal plain(double value) {
        BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }

    private static String explain(Counted counted) {
        return "%d samples in a histogram of %d buckets %s"
                .formatted(counted.samples(), counted.buckets(), counted.decays() ? "that decays" : "without decay");
    }
}
