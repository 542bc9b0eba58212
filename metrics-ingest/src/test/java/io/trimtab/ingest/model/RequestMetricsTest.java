package io.trimtab.ingest.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.ingest.model.RequestMetrics.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestMetricsTest {
    /** {@code none}: there is no such monitor; empty: one without the annotation. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        nothing                     | ''  | none | none | ''  | ''               | false
        the workload alone          | own | none | none | own | the workload     | false
        the workload's own wins     | own | one  | two  | own | the workload     | true
        a blank one is none         | ' ' | one  | two  | one | PodMonitor shop/0 | true
        the first monitor's         | ''  | one  | two  | one | PodMonitor shop/0 | true
        the first that has one      | ''  | ''   | two  | two | PodMonitor shop/1 | true
        monitors without one        | ''  | ''   | ''   | ''  | ''               | true
        """)
    void names(String name, String own, String first, String second, String value, String on, boolean scraped) {
        List<ScrapeMonitor> monitors = new ArrayList<>();
        for (String named : List.of(first, second))
            if (!named.equals("none")) monitors.add(monitor(monitors.size(), named));
        RequestMetrics metrics = RequestMetrics.of(Map.of("trimtab.io/requests-metric", own), monitors);
        Optional<Named> expected =
                Optional.of(new Named("trimtab.io/requests-metric", value, on)).filter(it -> !value.isEmpty());
        assertThat(metrics).isEqualTo(new RequestMetrics(expected, Optional.empty(), scraped));
    }

    @Test
    void eachOfTheTwoIsLookedForByItself() {
        RequestMetrics metrics = RequestMetrics.of(
                Map.of("trimtab.io/latency-metric", "own_seconds"), List.of(monitor(0, "theirs_total")));
        assertThat(metrics.requests().map(Named::value)).contains("theirs_total");
        assertThat(metrics.latency().map(Named::value)).contains("own_seconds");
    }

    private static ScrapeMonitor monitor(int name, String named) {
        return new ScrapeMonitor(
                "PodMonitor",
                "shop",
                String.valueOf(name),
                LabelSelector.EVERYTHING,
                Optional.empty(),
                named.isEmpty() ? Map.of() : Map.of("trimtab.io/requests-metric", named));
    }
}
