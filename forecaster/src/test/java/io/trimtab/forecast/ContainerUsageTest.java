package io.trimtab.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.forecast.Demand.History;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerUsageTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final double MIB = 1 << 20;

    /** Steps are hour:kind:MiB, kind s for a sample and k for a kill; peaks are what counts, in MiB, heaviest bucket ends. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        one peak a day                      | 0:s:500 1:s:700 2:s:600               | 1 | 700
        the first day ends 24 h after start | 0:s:500 23:s:700                      | 1 | 700
        the second day starts there         | 0:s:500 24:s:300                      | 2 | 500
        a gap of days                       | 0:s:500 100:s:700                     | 2 | 700
        an earlier sample is dropped        | 5:s:500 4:s:900                       | 1 | 500
        a kill counts 20 % more             | 0:s:500 1:k:1000                      | 1 | 1200
        a kill counts at least 100 MiB more | 0:s:50 1:k:200                        | 1 | 300
        a kill of less than was used        | 0:s:1000 1:k:100                      | 1 | 1200
        a kill without a request            | 0:s:1000 1:k:0                        | 1 | 1200
        a second kill does not add up       | 0:s:500 1:k:1000 2:k:1000             | 1 | 1200
        a kill before any sample            | 3:k:1000                              | 1 | 1200
        a kill more than a day ago          | 30:s:500 5:k:1000                     | 1 | 500
        a kill a day ago                    | 30:s:500 6:k:1000                     | 1 | 1200
        """)
    void findsPeaks(String name, String steps, int peaks, double largestMebibytes) {
        UsageAggregate aggregate = UsageAggregate.empty();
        ContainerUsage usage = aggregate.container();
        for (String step : steps.split(" ")) {
            String[] parts = step.split(":");
            Instant at = START.plusSeconds(Long.parseLong(parts[0]) * 3600);
            long bytes = (long) (Long.parseLong(parts[2]) * MIB);
            if (parts[1].equals("s")) usage.addMemory(at, bytes);
            else usage.addKill(at, bytes);
        }
        assertThat(aggregate.checkpoint().memory().bucketWeights()).hasSize(peaks);
        double largest = largestMebibytes * MIB;
        assertThat(aggregate.memory().orElseThrow().quantile(1)).isBetween(largest, largest * 1.06);
    }

    @Test
    void cpuSamplesCountOnceInWholeMillicores() {
        UsageAggregate aggregate = UsageAggregate.empty();
        ContainerUsage usage = aggregate.container();
        assertThat(usage.addCpu(START, 0.0109)).isTrue();
        assertThat(usage.addCpu(START, 5)).isFalse();
        assertThat(usage.addCpu(START.minusSeconds(1), 5)).isFalse();
        assertThat(usage.addCpu(START.plusSeconds(60), 0.0009)).isTrue();
        assertThat(aggregate.history())
                .isEqualTo(new History(Optional.of(START), Optional.of(START.plusSeconds(60)), 2));
        assertThat(aggregate.cpu().orElseThrow().quantile(0)).isEqualTo(0.01);
    }

    @Test
    void aCheckpointGoesOnWhereItEnded() {
        UsageAggregate aggregate = UsageAggregate.empty();
        aggregate.container().addCpu(START, 1);
        aggregate.container().addMemory(START, 1e9);
        UsageAggregate restored = UsageAggregate.restore(aggregate.checkpoint());
        assertThat(restored.checkpoint()).isEqualTo(aggregate.checkpoint());
        restored.container().addCpu(START.plusSeconds(60), 1);
        assertThat(restored.history().samples()).isEqualTo(2);
        assertThat(restored.history().firstSampleAt()).contains(START);
    }

    @Test
    void withoutSamplesThereIsNoDistribution() {
        assertThat(UsageAggregate.empty().cpu()).isEmpty();
        assertThat(UsageAggregate.empty().memory()).isEmpty();
    }
}
