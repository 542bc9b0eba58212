package io.trimtab.service.differential;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Holds the recommender's numbers against ours, and keeps what differs. */
final class VpaNumbers {
    private static final JsonMapper JSON = new JsonMapper();

    private final List<String> differences = new ArrayList<>();

    List<String> differences() {
        return List.copyOf(differences);
    }

    void compare(String what, String resource, JsonNode theirs, JsonNode ours, String field) {
        String their = theirs.path(resource).asText();
        String our = ours.path(resource).path(field).asText();
        if (their.isEmpty() || our.isEmpty() || amount(their).compareTo(amount(our)) != 0)
            differences.add("%s: %s %s is %s, ours %s".formatted(what, resource, field, their, our));
    }

    private static BigDecimal amount(String quantity) {
        return Quantity.parse(quantity).getNumericalAmount();
    }

    /**
     * @param restarted theirs then adds what it had to what is new, and moves the moment to which weights are reduced; ours keeps it. Weights are the same when they are reduced to
     *     the same moment.
     */
    void compareCheckpoints(String what, JsonNode theirs, JsonNode ours, boolean restarted) {
        for (String field : List.of("firstSampleStart", "lastSampleStart", "totalSamplesCount"))
            sameText(what, field, theirs.path(field), ours.path(field));
        for (String histogram : List.of("cpuHistogram", "memoryHistogram")) {
            JsonNode their = theirs.path(histogram);
            JsonNode our = ours.path(histogram);
            long halfLives = halfLives(their, our);
            if (!restarted && halfLives != 0)
                differences.add("%s: %s is as of %s, ours %s".formatted(what, histogram, their, our));
            double total = their.path("totalWeight").asDouble();
            double ourTotal = our.path("totalWeight").asDouble() * Math.pow(2, halfLives);
            if (!weights(their).equals(weights(our)) || Math.abs(total - ourTotal) > 1e-9 * total)
                differences.add("%s: %s is %s, ours %s".formatted(what, histogram, their, our));
        }
    }

    private static long halfLives(JsonNode theirs, JsonNode ours) {
        Instant from = Instant.parse(theirs.path("referenceTimestamp").asText());
        return Duration.between(
                        from, Instant.parse(ours.path("referenceTimestamp").asText()))
                .toDays();
    }

    private static Map<String, Integer> weights(JsonNode histogram) {
        return JSON.convertValue(histogram.path("bucketWeights"), new TypeReference<>() {});
    }

    private void sameText(String what, String field, JsonNode theirs, JsonNode ours) {
        if (!theirs.asText().equals(ours.asText()))
            differences.add("%s: %s is %s, ours %s".formatted(what, field, theirs, ours));
    }
}
