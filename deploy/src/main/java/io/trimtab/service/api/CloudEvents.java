package io.trimtab.service.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.format.EventDeserializationException;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.rw.CloudEventRWException;
import io.micronaut.http.HttpStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the three forms in which CloudEvents come over HTTP. */
final class CloudEvents {
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final int MOST_EVENTS = 1000;
    private static final JsonMapper JSON = new JsonMapper();

    private CloudEvents() {}

    /**
     * @param headers whose names do not depend on case
     * @throws ProblemException if it is no CloudEvent of version 1.0, or no JSON where it says so
     */
    static List<CloudEvent> read(Map<String, String> headers, byte[] body) {
        try {
            if (headers.getOrDefault("Content-Type", "").startsWith(BATCH)) return batch(body);
            return List.of(HttpMessageFactory.createReader(headers, body).toEvent());
        } catch (CloudEventRWException | EventDeserializationException | IllegalArgumentException | IOException e) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "no CloudEvent: %s; send ce-id, ce-source, ce-type and ce-specversion as headers, or JSON as application/cloudevents+json or %s"
                            .formatted(words(e), BATCH));
        }
    }

    private static List<CloudEvent> batch(byte[] body) throws IOException {
        JsonNode all = JSON.readTree(body);
        if (!all.isArray() || all.size() > MOST_EVENTS)
            throw new IllegalArgumentException(
                    "a batch must be a JSON array of %d events at most".formatted(MOST_EVENTS));
        JsonFormat format = new JsonFormat();
        List<CloudEvent> events = new ArrayList<>();
        for (JsonNode event : all)
            if (!event.isObject()) throw new IllegalArgumentException("each event of a batch must be a JSON object");
        for (JsonNode event : all) events.add(format.deserialize(JSON.writeValueAsBytes(event)));
        return events;
    }

    private static String words(Exception e) {
        Throwable at = e;
        while (at.getCause() != null && !(at instanceof JsonProcessingException)) at = at.getCause();
        String words = at instanceof JsonProcessingException json ? json.getOriginalMessage() : at.getMessage();
        return String.valueOf(words).replaceAll("\\s*\\(start marker.*", "").replaceAll("\\s+", " ");
    }
}
