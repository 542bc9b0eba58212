package io.trimtab.ingest.triggers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.trimtab.cost.units.Quantity;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.triggers.HttpSources.Answer;
import io.trimtab.ingest.triggers.ValueLocation.Found;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** A number, or a Kubernetes quantity in a string, out of an answer of any form. */
record MetricsApiReader(HttpSources http, HttpGet get, Format format, ValueLocation location) implements TriggerReader {
    /** How answers are written. */
    enum Format {
        JSON(new JsonFactory()),
        YAML(new YAMLFactory());

        private final JsonFactory factory;

        Format(JsonFactory factory) {
            this.factory = factory;
        }

        static Format read(Parameters parameters) {
            String format = parameters.text("format").orElse("json");
            return switch (format) {
                case "json" -> JSON;
                case "yaml" -> YAML;
                case "prometheus", "xml" ->
                    throw parameters.wrong("format", format, "json or yaml; %s is not supported yet".formatted(format));
                default -> throw parameters.wrong("format", format, "json or yaml");
            };
        }

        ValueLocation location(Parameters parameters) {
            String text = parameters.required("valueLocation");
            return this == JSON ? ValueLocation.gjson(text) : ValueLocation.plain(text);
        }
    }

    @Override
    public String source() {
        return get.source();
    }

    @Override
    public BigDecimal read(Instant now) throws IngestException {
        Complaints complain = new Complaints(
                "metrics-api at " + get.source(),
                "metadata.url",
                get.credentials().words());
        Answer answer = http.get(get, complain);
        if (!answer.isGood()) throw complain.refused(answer.status(), "");
        return number(find(answer, complain), complain);
    }

    private Found find(Answer answer, Complaints complain) throws IngestException {
        try (JsonParser parser = format.factory.createParser(answer.body())) {
            return location.find(parser);
        } catch (JsonProcessingException e) {
            throw complain.malformed("the answer is no %s: %s".formatted(format, e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw complain.malformed("the answer is no %s".formatted(format), e);
        }
    }

    private BigDecimal number(Found found, Complaints complain) throws IngestException {
        Optional<BigDecimal> number = switch (found) {
            case Found.Digits(String text) -> Numbers.finite(text);
            case Found.Text(String text) -> quantity(text);
            case Found.Other other -> Optional.empty();
            case Found.Nothing nothing -> Optional.empty();
        };
        if (number.isPresent()) return number.get();
        String what = switch (found) {
            case Found.Digits(String text) -> text;
            case Found.Text(String text) -> "a text that is no number";
            case Found.Other(String kind) -> kind;
            case Found.Nothing() -> "nothing";
        };
        throw complain.malformed(
                "there is %s at %s".formatted(what, location.written()),
                "let metadata.valueLocation lead to a number or to a quantity such as \"12\" or \"1500m\"",
                null);
    }

    private static Optional<BigDecimal> quantity(String text) {
        try {
            return Numbers.finite(Quantity.parse(text).toString());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
