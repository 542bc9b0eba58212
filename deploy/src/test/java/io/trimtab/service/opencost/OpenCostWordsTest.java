package io.trimtab.service.opencost;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.allocation.AllocationRequest.Span;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenCostWordsTest {
    /** A Wednesday. */
    private static final Instant NOW = Instant.parse("2026-11-18T10:20:30Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        today            | 2026-11-18T00:00:00Z | 2026-11-19T00:00:00Z
        yesterday        | 2026-11-17T00:00:00Z | 2026-11-18T00:00:00Z
        week             | 2026-11-15T00:00:00Z | 2026-11-18T11:00:00Z
        lastweek         | 2026-11-08T00:00:00Z | 2026-11-15T00:00:00Z
        month            | 2026-11-01T00:00:00Z | 2026-11-18T11:00:00Z
        lastmonth        | 2026-10-01T00:00:00Z | 2026-11-01T00:00:00Z
        30m              | 2026-11-18T09:00:00Z | 2026-11-18T11:00:00Z
        12h              | 2026-11-17T23:00:00Z | 2026-11-18T11:00:00Z
        7d               | 2026-11-12T00:00:00Z | 2026-11-19T00:00:00Z
        1w               | 2026-11-12T00:00:00Z | 2026-11-19T00:00:00Z
        2h offset 30m    | 2026-11-18T07:00:00Z | 2026-11-18T10:00:00Z
        1763200000,1763290000 | 2025-11-15T09:00:00Z | 2025-11-16T11:00:00Z
        1763200000-1763290000 | 2025-11-15T09:00:00Z | 2025-11-16T11:00:00Z
        2026-11-01T00:30:00Z,2026-11-02T00:00:00Z | 2026-11-01T00:00:00Z | 2026-11-02T00:00:00Z
        2026-11-01,2026-11-03 | 2026-11-01T00:00:00Z | 2026-11-03T00:00:00Z
        """)
    void windows(String window, Instant start, Instant end) {
        assertThat(OpenCostWindows.parse(window, NOW)).isEqualTo(new Span(start, end));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource(delimiter = '|', nullValues = "-", quoteCharacter = '`', textBlock = """
        ``    | ``   | 10-30T12 11-03T06
        true  | 1d   | 10-30T12 11-03T06
        false | 1d   | 10-30T12 10-31T12 11-01T12 11-02T12 11-03T12
        ``    | week | 10-30T12 11-06T12
        day   | ``   | 10-30T00 10-31T00 11-01T00 11-02T00 11-03T00 11-04T00
        week  | ``   | 10-25T00 11-01T00 11-08T00
        month | 1h   | 10-01T00 11-01T00 12-01T00
        """)
    void setsMeetTheWindow(String accumulate, String step, String bounds) {
        Span window = new Span(Instant.parse("2026-10-30T12:00:00Z"), Instant.parse("2026-11-03T06:00:00Z"));
        List<Instant> expected = Arrays.stream(bounds.split(" "))
                .map(bound -> Instant.parse("2026-" + bound + ":00:00Z"))
                .toList();
        List<Span> sets = Accumulation.sets(window, accumulate, step);
        assertThat(sets.stream().map(Span::start)).isEqualTo(expected.subList(0, expected.size() - 1));
        assertThat(sets.stream().map(Span::end)).isEqualTo(expected.subList(1, expected.size()));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        namespace            | shop           | shop              | {cluster=cluster-one, namespace=shop}
        controller           | Deployment/web | deployment:web    | {cluster=cluster-one, controller=web, controllerKind=deployment}
        controller           | __unallocated__ | __unallocated__  | {cluster=cluster-one}
        controllerKind       | Job/a          | job               | {cluster=cluster-one, controllerKind=job}
        deployment           | Deployment/web | web               | {cluster=cluster-one, controller=web, controllerKind=deployment}
        deployment           | Job/a          | __unallocated__   | {cluster=cluster-one}
        pod                  | shop/web-0     | web-0             | {cluster=cluster-one, pod=web-0}
        cluster,namespace    | shop           | cluster-one/shop  | {cluster=cluster-one, namespace=shop}
        label:app            | web            | web               | {cluster=cluster-one, labels={app=web}}
        label:app,team       | web;a          | web/a             | {cluster=cluster-one, labels={app=web, team=a}}
        product              | web            | web               | {cluster=cluster-one, labels={app=web}}
        label:app            | __unallocated__ | __unallocated__  | {cluster=cluster-one}
        service,namespace    | shop           | __unallocated__/shop | {cluster=cluster-one, namespace=shop}
        annotation:a,Node    | n1             | __unallocated__/n1 | {cluster=cluster-one, node=n1}
        all                  |                | ``                | {cluster=cluster-one}
        """)
    void names(String aggregate, String keys, String name, String properties) {
        Aggregation aggregation = Aggregation.parse(aggregate);
        List<String> parts =
                keys == null ? List.of() : Arrays.stream(keys.split(";")).collect(Collectors.toList());
        assertThat(aggregation.groupings()).hasSameSizeAs(parts);
        Aggregation.Named named = aggregation.named(parts);
        assertThat(named.name()).isEqualTo(name);
        assertThat(named.properties().toString()).isEqualTo(properties);
    }
}
