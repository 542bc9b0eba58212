package io.trimtab.service.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trimtab.forecast.Demand.History;
import io.trimtab.forecast.UsageAggregate;
import io.trimtab.forecast.UsageCheckpoint;
import io.trimtab.forecast.sketch.HistogramCheckpoint;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/** Reads and writes what is known of a container as the status of a VerticalPodAutoscalerCheckpoint has it. */
final class UsageCheckpoints {
    /** How Go writes a moment that is none. */
    private static final Instant NONE = Instant.parse("0001-01-01T00:00:00Z");

    private static final BigDecimal MOST_WEIGHT = BigDecimal.valueOf(0xFFFF_FFFFL);

    private UsageCheckpoints() {}

    static UsageCheckpoint read(JsonObject object) {
        String version = object.required("version").text();
        if (!version.equals(UsageCheckpoint.VERSION))
            throw object.wrong("version", "(%s) must be %s".formatted(version, UsageCheckpoint.VERSION));
        object.optional("lastUpdateTime").ifPresent(JsonValue::instant);
        Optional<Instant> first = moment(object, "firstSampleStart");
        Optional<Instant> last = moment(object, "lastSampleStart");
        if (first.isPresent() != last.isPresent())
            throw object.wrong("lastSampleStart", "and firstSampleStart must be given together");
        if (first.isPresent() && last.orElseThrow().isBefore(first.orElseThrow()))
            throw object.wrong("lastSampleStart", "must not be before firstSampleStart");
        long samples = object.optional("totalSamplesCount")
                .map(value -> value.integer(0))
                .orElse(0);
        JsonObject cpu = object.required("cpuHistogram").object();
        JsonObject memory = object.required("memoryHistogram").object();
        UsageCheckpoint checkpoint =
                new UsageCheckpoint(new History(first, last, samples), histogram(cpu), histogram(memory));
        object.end();
        restorable(object, checkpoint);
        return checkpoint;
    }

    private static void restorable(JsonObject object, UsageCheckpoint checkpoint) {
        try {
            UsageAggregate.restore(checkpoint);
        } catch (IllegalArgumentException e) {
            throw new EvaluateException(object.path(), String.valueOf(e.getMessage()));
        }
    }

    static HistogramCheckpoint histogram(JsonObject object) {
        Instant reference = moment(object, "referenceTimestamp").orElse(NONE);
        TreeMap<Integer, Long> weights = new TreeMap<>();
        object.object("bucketWeights").ifPresent(buckets -> {
            for (String name : buckets.names()) {
                if (!name.matches("\\d{1,6}")) throw buckets.wrong(name, "is not a bucket's number");
                BigDecimal weight = buckets.required(name).amount();
                if (weight.stripTrailingZeros().scale() > 0 || weight.compareTo(MOST_WEIGHT) > 0)
                    throw buckets.wrong(name, "must be a whole number below 2^32");
                weights.merge(Integer.valueOf(name), weight.longValueExact(), Long::sum);
            }
        });
        double total = object.optional("totalWeight")
                .map(value -> value.amount().doubleValue())
                .orElse(0.0);
        if (Double.isInfinite(total)) throw object.wrong("totalWeight", "is out of range");
        object.end();
        return new HistogramCheckpoint(reference, weights, total);
    }

    private static Optional<Instant> moment(JsonObject object, String name) {
        return object.optional(name).map(JsonValue::instant).filter(at -> !at.equals(NONE));
    }

    static ObjectNode write(UsageCheckpoint checkpoint) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("version", UsageCheckpoint.VERSION);
        moment(node, "firstSampleStart", checkpoint.history().firstSampleAt());
        moment(node, "lastSampleStart", checkpoint.history().lastSampleAt());
        node.put("totalSamplesCount", checkpoint.history().samples());
        node.set("cpuHistogram", histogram(checkpoint.cpu()));
        node.set("memoryHistogram", histogram(checkpoint.memory()));
        return node;
    }

    static ObjectNode histogram(HistogramCheckpoint histogram) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        moment(node, "referenceTimestamp", Optional.of(histogram.referenceAt()).filter(at -> !at.equals(NONE)));
        ObjectNode weights = node.putObject("bucketWeights");
        histogram.bucketWeights().forEach((bucket, weight) -> weights.put(bucket.toString(), weight));
        node.put("totalWeight", histogram.totalWeight());
        return node;
    }

    private static void moment(ObjectNode node, String name, Optional<Instant> at) {
        at.ifPresentOrElse(moment -> node.put(name, moment.toString()), () -> node.putNull(name));
    }
}
