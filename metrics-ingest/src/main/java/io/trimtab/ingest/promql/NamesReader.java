package io.trimtab.ingest.promql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.trimtab.ingest.promql.MatrixReader.ErrorAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;

/** Reads the answer of {@code /api/v1/label/__name__/values}, and keeps those names that are wanted. */
final class NamesReader {
    private static final JsonFactory JSON = new JsonFactory();

    private NamesReader() {}

    /**
     * @throws JsonParseException if it is no such answer
     * @throws ErrorAnswer if the store explains why it has none
     */
    static Set<String> read(InputStream body, Set<String> wanted) throws IOException, ErrorAnswer {
        Set<String> names = new HashSet<>();
        String status = "";
        String type = "";
        String error = "";
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) throw new JsonParseException(json, "is no object");
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "status" -> status = json.getValueAsString("");
                    case "errorType" -> type = json.getValueAsString("");
                    case "error" -> error = json.getValueAsString("");
                    case "data" -> readNames(json, wanted, names);
                    default -> json.skipChildren();
                }
            }
        }
        if (status.equals("error")) throw new ErrorAnswer(type, error);
        if (!status.equals("success")) throw new JsonParseException("has no status");
        return names;
    }

    private static void readNames(JsonParser json, Set<String> wanted, Set<String> names) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String name = json.getValueAsString("");
            if (wanted.contains(name)) names.add(name);
            json.skipChildren();
        }
    }
}
