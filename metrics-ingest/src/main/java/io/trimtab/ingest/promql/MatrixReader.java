package io.trimtab.ingest.promql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.NumberInput;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.usage.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the answer of {@code query_range} token by token, whatever the order of its keys; only the samples are kept. */
final class MatrixReader {
    /** The answer holds more samples than were allowed for. */
    static final class TooManySamples extends Exception {}

    /** The store answered, but with an error of its own: {@code type} is one of Prometheus' error types, such as {@code bad_data}. */
    static final class ErrorAnswer extends Exception {
        final String type;

        ErrorAnswer(String type, String message) {
            super(message);
            this.type = type;
        }
    }

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonParser json;
    private final Labels names;
    private final long budget;
    private final Map<ContainerId, Samples> series = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, String> head = new HashMap<>();
    private long samples;
    private long dropped;
    private long unnamed;
    private Optional<String> resultType = Optional.empty();

    private MatrixReader(JsonParser json, Labels names, long budget) {
        this.json = json;
        this.names = names;
        this.budget = budget;
    }

    /**
     * @param names of the labels that say whose a series is
     * @param budget the most samples to keep
     * @throws JsonParseException if it is no JSON, or not of the API's shape
     * @throws IOException if the answer ends early
     */
    static Answer read(InputStream body, Labels names, long budget) throws IOException, TooManySamples, ErrorAnswer {
        try (JsonParser json = JSON.createParser(body)) {
            return new MatrixReader(json, names, budget).read();
        }
    }

    private Answer read() throws IOException, TooManySamples, ErrorAnswer {
        require(json.nextToken() == JsonToken.START_OBJECT, "does not begin with {");
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "status", "errorType", "error" -> head.put(name, text());
                case "warnings" -> readWarnings();
                case "data" -> readData();
                default -> json.skipChildren();
            }
        }
        if ("error".equals(head.get("status"))) {
            throw new ErrorAnswer(
                    head.getOrDefault("errorType", "unknown"), head.getOrDefault("error", "no reason given"));
        }
        require("success".equals(head.get("status")), "has no status");
        require(resultType.filter("matrix"::equals).isPresent(), "is no matrix");
        return new Answer(series, dropped, unnamed, warnings);
    }

    private void readWarnings() throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren(); // null, from some stores
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) warnings.add(text());
    }

    private void readData() throws IOException, TooManySamples {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren(); // null, beside an error
            return;
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "resultType" -> resultType = Optional.of(text());
                case "result" -> readResult();
                default -> json.skipChildren();
            }
        }
    }

    /** Empty for null. Of what is no text, the rest would be taken for what comes after it. */
    private String text() throws IOException {
        require(json.currentToken().isScalarValue(), "has a list or an object where a text should be");
        return json.getValueAsString("");
    }

    private void readResult() throws IOException, TooManySamples {
        require(json.currentToken() == JsonToken.START_ARRAY, "has a result that is no list");
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(json.currentToken() == JsonToken.START_OBJECT, "has a series that is no object");
            readSeries();
        }
    }

    private void readSeries() throws IOException, TooManySamples {
        Map<String, String> labels = new HashMap<>();
        Samples values = new Samples();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "metric" -> readLabels(labels);
                case "values" -> readValues(values);
                default -> json.skipChildren();
            }
        }
        String namespace = labels.getOrDefault(names.namespace(), "");
        String pod = labels.getOrDefault(names.pod(), "");
        String container = labels.getOrDefault(names.container(), "");
        if (namespace.isEmpty() || pod.isEmpty() || container.isEmpty()) {
            unnamed++;
            return;
        }
        require(
                series.put(new ContainerId(new PodId(namespace, pod), container), values) == null,
                "has one container twice");
    }

    private void readLabels(Map<String, String> labels) throws IOException {
        require(json.currentToken() == JsonToken.START_OBJECT, "has labels that are no object");
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            labels.put(name, text());
        }
    }

    private void readValues(Samples into) throws IOException, TooManySamples {
        require(json.currentToken() == JsonToken.START_ARRAY, "has values that are no list");
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(json.currentToken() == JsonToken.START_ARRAY, "has a sample that is no pair");
            json.nextToken();
            require(json.currentToken().isNumeric(), "has a sample without its moment");
            long second = second();
            json.nextToken();
            double amount = amount();
            require(json.nextToken() == JsonToken.END_ARRAY, "has a sample of more than two parts");
            if (++samples > budget) throw new TooManySamples();
            boolean usable = amount >= 0 && amount < Double.POSITIVE_INFINITY;
            if (!usable || !into.add(second, amount)) dropped++;
        }
    }

    /** Most stores leave out a fraction that is zero. */
    private long second() throws IOException {
        return json.currentToken() == JsonToken.VALUE_NUMBER_INT
                ? json.getLongValue()
                : Math.round(json.getDoubleValue());
    }

    /** Out of the parser's own characters: an answer has hundreds of thousands of these, and each would be a String. */
    private double amount() throws IOException {
        char[] text = json.getTextCharacters();
        int start = json.getTextOffset();
        int length = json.getTextLength();
        boolean digit = length > 0 && text[start + length - 1] <= '9';
        try {
            if (digit) return NumberInput.parseDouble(text, start, length, true);
        } catch (NumberFormatException e) {
            throw noNumber(e);
        }
        return switch (json.getText()) {
            case "NaN", "+Inf", "-Inf" -> Double.NaN; // dropped alike
            default -> throw noNumber(null);
        };
    }

    private JsonParseException noNumber(@Nullable NumberFormatException cause) throws IOException {
        return new JsonParseException(json, "has a sample \"%s\" that is no number".formatted(json.getText()), cause);
    }

    private void require(boolean holds, String otherwise) throws JsonParseException {
        if (!holds) throw new JsonParseException(json, otherwise);
    }
}
