package io.trimtab.service.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.account.NodeHour;
import io.trimtab.cost.account.Observation;
import io.trimtab.cost.account.Observation.Use;
import io.trimtab.cost.account.PodHour;
import io.trimtab.cost.account.PriceOrigin;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnusedPodsTest {
    private static final Instant START = Instant.parse("2026-11-18T10:00:00Z");
    private static final Instant NO_END = Instant.parse("9999-01-01T00:00:00Z");
    private static final Resources SIZE = new Resources(new MilliCores(100), new Bytes(1), GpuMilli.ZERO);

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        most, for long           | 20 | 11 | PT15M | true
        not for long yet         | 20 | 11 | PT14M | false
        half of them             | 20 | 10 | PT1H  | false
        all of a few             |  9 |  9 | PT1H  | false
        all of just enough       | 10 | 10 | PT15M | true
        """)
    void saysWhenMostPodsShowNoUse(String name, int pods, int without, Duration later, boolean said) {
        UnusedPods unused = new UnusedPods();
        unused.seen(seen(START, pods, without));
        unused.seen(seen(START.plus(later), pods, without));
        assertThat(unused.trouble().isPresent()).isEqualTo(said);
        unused.trouble()
                .ifPresent(it -> assertThat(it)
                        .startsWith("%d of %d pods show no use at all since %s".formatted(without, pods, START)));
    }

    @Test
    void isOverWhenUseComes() {
        UnusedPods unused = new UnusedPods();
        unused.seen(seen(START, 20, 20));
        unused.seen(seen(START.plusSeconds(900), 20, 20));
        assertThat(unused.trouble()).isPresent();
        unused.seen(seen(START.plusSeconds(960), 20, 2));
        assertThat(unused.trouble()).isEmpty();
        unused.seen(seen(START.plusSeconds(1020), 20, 20));
        assertThat(unused.trouble()).as("its patience begins anew").isEmpty();
    }

    private static Observation seen(Instant at, int pods, int without) {
        List<Observation.Pod> seen = new ArrayList<>();
        for (int i = 0; i < pods; i++)
            seen.add(new Observation.Pod(
                    new PodHour.Pod("shop", "Deployment", "web", "web-" + i, "u" + i, Map.of()),
                    "n",
                    START,
                    NO_END,
                    SIZE,
                    i < without ? Use.NONE : new Use(0.1, 1)));
        NodeHour.Node node = new NodeHour.Node("n", "m5.large", "r", "z", "spot", "");
        return new Observation(
                at, List.of(new Observation.Node(node, SIZE, START, BigDecimal.ONE, PriceOrigin.LISTED)), seen, false);
    }
}
