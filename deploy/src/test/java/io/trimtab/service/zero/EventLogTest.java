package io.trimtab.service.zero;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventLogTest {
    private static final Instant START = Instant.parse("2026-11-02T08:00:00Z");

    /** Three events 950 ms after a full second; the window is a second. */
    @ParameterizedTest
    @CsvSource({"950, 3", "1000, 3", "1949, 3", "2000, 0", "60000, 0"})
    void eachCountsForTheWholeWindow(long millis, long expected) {
        EventLog log = new EventLog(Duration.ofSeconds(1));
        for (int i = 0; i < 3; i++) log.add(START.plusMillis(950));

        assertThat(log.count(START.plusMillis(millis))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"-3600", "-1"})
    void anEventUnderAClockThatWasSetBackCounts(long seconds) {
        EventLog log = new EventLog(Duration.ofSeconds(60));
        log.add(START);
        log.add(START.plusSeconds(seconds));

        assertThat(log.count(START)).isEqualTo(2);
    }
}
