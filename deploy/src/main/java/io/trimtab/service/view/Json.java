package io.trimtab.service.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes records as JSON: instants in RFC 3339, money without exponents. */
public final class Json {
    /** What a later Trimtab writes more is left out when this one reads it. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private Json() {}

    /** @return UTF-8 bytes */
    public static byte[] bytes(@Nullable Object value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads what {@link #bytes} wrote.
     *
     * @return null where null was written
     * @throws IllegalArgumentException if it is no JSON of such a value
     */
    public static <T> @Nullable T read(byte[] utf8, Class<T> type) {
        try {
            return MAPPER.readValue(utf8, type);
        } catch (IOException e) {
            throw new IllegalArgumentException("this is no %s: %s".formatted(type.getSimpleName(), e.getMessage()), e);
        }
    }

    /** A record's JSON, to be added to. */
    public static ObjectNode object(Object value) {
        return MAPPER.valueToTree(value);
    }

    public static String text(@Nullable Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "a %s cannot be written as JSON"
                            .formatted(value == null ? "null" : value.getClass().getSimpleName()),
                    e);
        }
    }
}
