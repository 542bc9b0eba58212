package io.trimtab.service.evaluate;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Answers documents of every kind; the contract is {@code evaluate-api}. */
public final class Evaluator {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final Map<String, Evaluation> kinds;

    private Evaluator(Map<String, Evaluation> kinds) {
        this.kinds = new TreeMap<>(kinds);
    }

    /** Every kind that there is. */
    public static Evaluator create() {
        return new Evaluator(Map.ofEntries(
                Map.entry("allocate", new AllocateEvaluation()),
                Map.entry("consolidate", new ConsolidateEvaluation()),
                Map.entry("forecast", new ForecastEvaluation()),
                Map.entry("pack", new PackEvaluation()),
                Map.entry("replicas", new ReplicasEvaluation()),
                Map.entry("resize", new ResizeEvaluation()),
                Map.entry("rightsize", new RightsizeEvaluation()),
                Map.entry("sketch", new SketchEvaluation()),
                Map.entry("zero", new ZeroEvaluation())));
    }

    public Set<String> kinds() {
        return kinds.keySet();
    }

    /**
     * @param kind one of {@link #kinds}
     * @param document JSON text of one document
     * @return the answer, with the document's {@code id} first
     * @throws EvaluateException if the document cannot be answered
     * @throws IllegalArgumentException if there is no such kind
     */
    public ObjectNode answer(String kind, String document) {
        Evaluation evaluation = kinds.get(kind);
        if (evaluation == null)
            throw new IllegalArgumentException(
                    "there is no kind %s; the kinds are %s".formatted(kind, String.join(", ", kinds())));
        JsonObject input = JsonObject.of("", parse(document));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        input.optional("id").ifPresent(id -> answer.set("id", id.node()));
        answer.setAll(evaluation.answer(input));
        return answer;
    }

    /** As {@link #answer}, but a document that cannot be answered becomes {@code {"id", "error": {"path", "message"}}}. */
    public ObjectNode answerOrError(String kind, String document) {
        try {
            return answer(kind, document);
        } catch (EvaluateException e) {
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            id(document, answer);
            answer.putObject("error").put("path", e.path()).put("message", e.getMessage());
            return answer;
        }
    }

    private static void id(String document, ObjectNode answer) {
        try {
            JsonNode id = parse(document).get("id");
            if (id != null) answer.set("id", id);
        } catch (EvaluateException e) {
            // A text that is not JSON has no id to give back.
            return;
        }
    }

    private static JsonNode parse(String document) {
        try {
            JsonNode node = JSON.readTree(document);
            if (node == null || node.isMissingNode()) throw new EvaluateException(".", "the document is empty");
            return node;
        } catch (JsonProcessingException e) {
            String message = e.getOriginalMessage();
            if (message.startsWith("Duplicate field"))
                throw new EvaluateException(path(e), "is given twice" + position(e));
            if (message.startsWith("Non-standard token"))
                throw new EvaluateException(path(e), "must be a finite number" + position(e));
            throw new EvaluateException(".", "is not valid JSON: " + message + position(e));
        }
    }

    /** Where the parser stood, as {@link JsonValue} writes paths. */
    private static String path(JsonProcessingException e) {
        if (!(e.getProcessor() instanceof JsonParser parser)) return ".";
        String path = "";
        for (JsonStreamContext at = parser.getParsingContext(); !at.inRoot(); at = at.getParent()) {
            String step = at.inArray() ? "[%d]".formatted(at.getCurrentIndex()) : String.valueOf(at.getCurrentName());
            path = step + (path.isEmpty() || path.startsWith("[") ? "" : ".") + path;
        }
        return path.isEmpty() ? "." : path;
    }

    private static String position(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line %d, column %d)"
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    }
}
