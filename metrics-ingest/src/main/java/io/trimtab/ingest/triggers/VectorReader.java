package io.trimtab.ingest.triggers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the answer to an instant query of the Prometheus HTTP API. */
final class VectorReader {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonParser json;
    private String status = "";
    private String resultType = "";
    private String errorType = "";
    private String error = "";
    private final List<Optional<String>> values = new ArrayList<>();

    /**
     * @param error in the source's words; empty without one
     * @param values of the vector's elements, as written; empty where an element has none
     */
    record Vector(String status, String resultType, String error, List<Optional<String>> values) {
        Vector {
            values = List.copyOf(values);
        }
    }

    private VectorReader(JsonParser json) {
        this.json = json;
    }

    /** @throws IOException if it is not whole JSON of that form */
    static Vector read(byte[] body) throws IOException {
        try (JsonParser json = JSON.createParser(body)) {
            return new VectorReader(json).whole();
        }
    }

    private Vector whole() throws IOException {
        require(json.nextToken() == JsonToken.START_OBJECT, "is no JSON object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "status" -> status = json.getText();
                case "errorType" -> errorType = json.getText();
                case "error" -> error = json.getText();
                case "data" -> data();
                default -> json.skipChildren();
            }
        }
        require(json.currentToken() == JsonToken.END_OBJECT, "is not whole");
        String reason = errorType.isEmpty() ? error : errorType + ": " + error;
        return new Vector(status, resultType, reason, values);
    }

    private void data() throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) return;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "resultType" -> resultType = json.getText();
                case "result" -> result();
                default -> json.skipChildren();
            }
        }
    }

    private void result() throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) return;
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            require(token != null, "is not whole");
            // A scalar's result is a moment and a value, which have no fields; its resultType tells.
            values.add(token == JsonToken.START_OBJECT ? element() : Optional.empty());
        }
    }

    private Optional<String> element() throws IOException {
        Optional<String> value = Optional.empty();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = json.currentName().equals("value");
            JsonToken token = json.nextToken();
            if (wanted && token == JsonToken.START_ARRAY) value = second();
            else json.skipChildren();
        }
        return value;
    }

    private Optional<String> second() throws IOException {
        List<Optional<String>> parts = new ArrayList<>();
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            require(token != null && token.isScalarValue(), "has a value that is not a moment and a number");
            parts.add(token == JsonToken.VALUE_NULL ? Optional.empty() : Optional.of(json.getText()));
        }
        require(parts.isEmpty() || parts.size() == 2, "has a value that is not a moment and a number");
        return parts.isEmpty() ? Optional.empty() : parts.getLast();
    }

    private void require(boolean holds, String otherwise) throws JsonParseException {
        if (!holds) throw new JsonParseException(json, otherwise);
    }
}
