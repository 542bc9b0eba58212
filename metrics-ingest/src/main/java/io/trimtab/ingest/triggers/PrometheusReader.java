package io.trimtab.ingest.triggers;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.triggers.HttpSources.Answer;
import io.trimtab.ingest.triggers.VectorReader.Vector;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** @param ignoreNull whether no element, no value, NaN and the infinities are 0, which is what KEDA makes of them */
record PrometheusReader(HttpSources http, HttpGet get, boolean ignoreNull) implements TriggerReader {
    private static final Set<String> NO_NUMBER = Set.of("NaN", "+Inf", "-Inf", "Inf");

    @Override
    public String source() {
        return get.source();
    }

    @Override
    public BigDecimal read(Instant now) throws IngestException {
        String moment =
                HttpGet.query(Map.of("time", now.truncatedTo(ChronoUnit.SECONDS).toString()));
        HttpGet asked = get.withAddress(URI.create(get.address() + "&" + moment));
        Complaints complain = new Complaints(
                "Prometheus at " + get.source(),
                "metadata.serverAddress",
                get.credentials().words());
        Answer answer = http.get(asked, complain);
        Vector vector = vector(answer, complain);
        if (!answer.isGood() || !vector.error().isEmpty()) throw complain.refused(answer.status(), vector.error());
        return number(vector, complain);
    }

    private static Vector vector(Answer answer, Complaints complain) throws IngestException {
        try {
            return VectorReader.read(answer.body());
        } catch (JsonProcessingException e) {
            if (!answer.isGood()) throw complain.refused(answer.status(), "");
            throw complain.malformed("the answer " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw complain.malformed("the answer cannot be read", e);
        }
    }

    private BigDecimal number(Vector vector, Complaints complain) throws IngestException {
        if (vector.resultType().isEmpty()) throw complain.malformed("the answer has no result", null);
        if (!vector.resultType().equals("vector"))
            throw complain.malformed(
                    "the query gives a " + vector.resultType(),
                    "write metadata.query so that it gives a vector, as vector(...) does",
                    null);
        if (vector.values().size() > 1)
            throw complain.malformed(
                    "the query gives %d elements".formatted(vector.values().size()),
                    "write metadata.query so that it gives one, as sum(...) does",
                    null);
        Optional<String> value = vector.values().stream().findFirst().flatMap(it -> it);
        if (value.isEmpty()) return orZero("the query gives no value", complain);
        if (NO_NUMBER.contains(value.get())) return orZero("the query gives " + value.get(), complain);
        Optional<BigDecimal> number = Numbers.finite(value.get());
        if (number.isEmpty()) throw complain.malformed("the value \"%s\" is no number".formatted(value.get()), null);
        return number.get();
    }

    private BigDecimal orZero(String what, Complaints complain) throws IngestException {
        if (ignoreNull) return BigDecimal.ZERO;
        throw complain.malformed(
                what, "check metadata.query, or let it be 0 with metadata.ignoreNullValues: true", null);
    }
}
