package io.trimtab.ingest.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "2024-02-29T23:59:59Z",
                "2026-12-31T23:59:59Z",
                "0000-01-01T00:00:00Z",
                "2026-11-24T10:00:00.123456Z",
                "2026-11-24T10:00:00+02:00",
                "2026-11-24T24:00:00Z",
                "1600-03-01T00:00:00Z"
            })
    void saysWhatTheGeneralParserSays(String text) {
        assertThat(Timestamps.parse(text)).isEqualTo(Instant.parse(text));
    }

    @Test
    void saysSoOfAnyMomentOfSeed7() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 10_000; i++) {
            Instant moment = Instant.ofEpochSecond(random.nextLong(-10_000_000_000L, 10_000_000_000L));
            assertThat(Timestamps.parse(moment.toString())).isEqualTo(moment);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-02-30T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-11-24 10:00:00Z",
                "2026-1a-24T10:00:00Z"
            })
    void refusesWhatItRefuses(String text) {
        assertThatThrownBy(() -> Timestamps.parse(text)).isInstanceOf(DateTimeParseException.class);
    }
}
