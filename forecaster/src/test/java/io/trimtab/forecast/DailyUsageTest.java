package io.trimtab.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DailyUsageTest {
    /** A Monday. */
    private static final Instant START = Instant.parse("2026-11-02T00:00:00Z");

    private static final long MIB = 1 << 20;

    private final UsageAggregate aggregate = UsageAggregate.empty();
    private final ContainerUsage usage = aggregate.container();

    @Test
    void nothingIsKnownAtFirst() {
        RecentDays recent = aggregate.recent();
        assertThat(recent.days()).isZero();
        assertThat(recent.cpu().total()).isZero();
        assertThat(recent.memory()).isEqualTo(MemoryPeaks.NONE);
    }

    @Test
    void theWorkingWeekIsStillKnownOnMonday() {
        for (int minute = 0; minute < 14 * 24 * 60; minute++) {
            int day = minute / 1440 % 7;
            int hour = minute / 60 % 24;
            usage.addCpu(at(minute), day < 5 && hour >= 9 && hour < 17 ? 1 : 0.1);
        }
        assertThat(aggregate.recent().days()).isEqualTo(14);
        assertThat(aggregate.recent().cpu().quantile(0.9)).isCloseTo(1, within(0.05));
        assertThat(aggregate.cpu().orElseThrow().quantile(0.9))
                .as("the stock VPA's")
                .isLessThan(0.2);
    }

    /** Of a whole day of the newest week, in times of the same day a week before; the sixteenth day has begun. */
    @ParameterizedTest(name = "day {0}, {1} times: {2}")
    @CsvSource({
        "13, 1, true",
        "13, 0.2, true",
        "13, 1.15, true",
        "13, 1.3, false",
        "13, 4, false",
        "8, 4, false",
        "14, 4, false"
    })
    void aWeekRepeatsWhereNoDayOfItRoseMuch(int risen, double times, boolean repeats) {
        for (int hour = 0; hour < 15 * 24 + 1; hour++)
            usage.addCpu(at(hour * 60), (hour / 24 == risen ? times : 1) * (hour % 24 < 8 ? 1 : 0.1));
        assertThat(aggregate.recent().repeats()).isEqualTo(repeats);
    }

    @Test
    void whatIsOlderThanTwoWeeksIsForgotten() {
        usage.addCpu(START, 50);
        usage.addMemory(START, 900 * MIB);
        usage.addKill(START.plusSeconds(1), 900 * MIB);
        for (int day = 1; day <= 14; day++) {
            usage.addCpu(at(day * 1440), 1);
            usage.addMemory(at(day * 1440), 100 * MIB);
        }
        RecentDays recent = aggregate.recent();
        assertThat(recent.days()).isEqualTo(13);
        assertThat(recent.since()).contains(at(1440));
        assertThat(recent.cpu().quantile(1)).isLessThan(1.1);
        assertThat(recent.memory().highest()).isEqualTo(100.0 * MIB);
        assertThat(recent.memory().kills()).isZero();
    }

    @Test
    void aContainerHasOnePeakADayHoweverItRises() {
        for (int hour = 0; hour < 48; hour++) usage.addMemory(at(hour * 60), (100 + hour % 24) * MIB);
        MemoryPeaks peaks = aggregate.recent().memory();
        assertThat(peaks.count()).isEqualTo(2);
        assertThat(Math.exp(peaks.meanLog())).isCloseTo(123.0 * MIB, within(1.0));
        assertThat(peaks.sumSquares()).isCloseTo(0, within(1e-9));
        assertThat(peaks.highest()).isEqualTo(123.0 * MIB);
    }

    @Test
    void killsAreKeptApartFromWhatWasUsed() {
        usage.addMemory(START, 400 * MIB);
        usage.addKill(START.plusSeconds(60), 512 * MIB);
        usage.addKill(START.plusSeconds(120), 512 * MIB);
        usage.addMemory(START.plusSeconds(180), 450 * MIB);
        MemoryPeaks peaks = aggregate.recent().memory();
        assertThat(peaks.kills()).isEqualTo(2);
        assertThat(peaks.killNeeds()).as("no ratchet").isEqualTo(ContainerUsage.needed(512 * MIB));
        assertThat(peaks.highest()).isEqualTo(450.0 * MIB);
        assertThat(peaks.count()).isEqualTo(1);
    }

    @Test
    void aKillThatIsLearnedLateCounts() {
        usage.addMemory(START, 400 * MIB);
        usage.addMemory(START.plus(Duration.ofHours(38)), 400 * MIB);
        assertThat(usage.addKill(START.plusSeconds(60), 512 * MIB))
                .as("the stock VPA drops it")
                .isFalse();
        assertThat(aggregate.recent().memory().kills()).isOne();
    }

    @Test
    void figuresOfTwoPartsAreThoseOfAll() {
        MemoryPeaks some = MemoryPeaks.NONE.and(3e8).and(4e8).and(9e8).without(9e8);
        MemoryPeaks others = MemoryPeaks.NONE.and(5e8).killed(7);
        MemoryPeaks all = MemoryPeaks.NONE.and(5e8).and(3e8).and(4e8);
        assertThat(some.and(others).count()).isEqualTo(3);
        assertThat(some.and(others).meanLog()).isCloseTo(all.meanLog(), within(1e-9));
        assertThat(some.and(others).sumSquares()).isCloseTo(all.sumSquares(), within(1e-9));
        assertThat(some.and(others).killNeeds()).isEqualTo(7);
    }

    @Test
    void readsWhatItWrote() {
        for (int hour = 0; hour < 400; hour++) {
            usage.addCpu(at(hour * 60), 0.1 * (hour % 10));
            usage.addMemory(at(hour * 60), (200 + hour % 50) * MIB);
        }
        usage.addKill(at(400 * 60), 300 * MIB);
        StateWriter writer = new StateWriter();
        aggregate.write(writer);
        UsageAggregate read = UsageAggregate.read(new StateReader(writer.toBytes()));
        assertThat(read.recent().days()).isEqualTo(aggregate.recent().days());
        assertThat(read.recent().memory()).isEqualTo(aggregate.recent().memory());
        assertThat(read.recent().cpu().quantile(0.7))
                .isEqualTo(aggregate.recent().cpu().quantile(0.7));
    }

    private static Instant at(int minute) {
        return START.plus(Duration.ofMinutes(minute));
    }
}
