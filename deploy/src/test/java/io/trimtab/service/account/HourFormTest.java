package io.trimtab.service.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trimtab.cost.account.CollectedHour;
import io.trimtab.cost.account.HourCollector;
import io.trimtab.cost.account.NodeHour;
import io.trimtab.cost.account.Observation;
import io.trimtab.cost.account.Observation.Use;
import io.trimtab.cost.account.PodHour;
import io.trimtab.cost.account.PriceOrigin;
import io.trimtab.cost.allocation.AllocationRequest.ComponentRatio;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HourFormTest {
    private static final Instant START = Instant.parse("2026-11-18T10:00:00Z");
    private static final Instant NO_END = Instant.parse("9999-01-01T00:00:00Z");

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void whatIsWrittenIsReadAgain(long seed) {
        CollectedHour hour = hour(new Random(seed));
        byte[] bytes = HourForm.bytes(hour);
        assertThat(HourForm.read(bytes)).isEqualTo(hour);
        assertThat(HourForm.bytes(HourForm.read(bytes))).isEqualTo(bytes);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {5, 6})
    void whatIsCutIsRefused(long seed) {
        byte[] bytes = HourForm.bytes(hour(new Random(seed)));
        for (int length = 0; length < bytes.length; length += 7) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> HourForm.read(cut))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("this is no collected hour");
        }
    }

    private static CollectedHour hour(Random random) {
        HourCollector collector = new HourCollector(
                ComponentRatio.DEFAULT, new HourCollector.Limits(Duration.ofMinutes(5), Duration.ofHours(3)));
        for (int minute = 0; minute < 4; minute++)
            collector.observe(seen(START.plusSeconds(60L * minute).plusNanos(random.nextInt(1000)), random));
        return collector.collected().orElseThrow();
    }

    private static Observation seen(Instant at, Random random) {
        List<Observation.Node> nodes = new ArrayList<>();
        List<Observation.Pod> pods = new ArrayList<>();
        for (int n = 0; n < 3; n++) {
            String node = "n" + n;
            nodes.add(new Observation.Node(
                    new NodeHour.Node(node, "m5.large", "eu", "eu-a", n == 0 ? "spot" : "on-demand", ""),
                    resources(random, 8000),
                    START.minusSeconds(random.nextInt(10_000)),
                    BigDecimal.valueOf(random.nextInt(1000), 4),
                    PriceOrigin.values()[n]));
            for (int p = 0; p < 4; p++)
                if (random.nextInt(4) > 0)
                    pods.add(new Observation.Pod(
                            new PodHour.Pod(
                                    "team-" + p % 2,
                                    "Deployment",
                                    "web",
                                    node + "-" + p,
                                    "uid-" + node + p,
                                    Map.of("app", "web", "ümlaut", "ß" + p)),
                            node,
                            START.minusSeconds(5),
                            p == 0 ? START.plusSeconds(90) : NO_END,
                            resources(random, 500),
                            new Use(random.nextDouble(), random.nextDouble() * 1e9)));
        }
        return new Observation(at, nodes, pods, random.nextBoolean());
    }

    private static Resources resources(Random random, int most) {
        return new Resources(
                new MilliCores(random.nextInt(most)),
                new Bytes(random.nextLong(1L << 34)),
                new GpuMilli(random.nextInt(2000)));
    }
}
