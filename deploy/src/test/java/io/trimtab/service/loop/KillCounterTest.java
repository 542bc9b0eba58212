package io.trimtab.service.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.trimtab.cost.units.Bytes;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.OutOfMemoryKill;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.service.metrics.NamespaceBound;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KillCounterTest {
    private static final Instant AT = Instant.parse("2026-11-24T12:00:00Z");

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final KillCounter kills = new KillCounter(registry);

    @Test
    void aKillCountsOnceHoweverOftenItIsNamed() {
        kills.add(List.of(kill("shop", "web-0", 0), kill("shop", "web-0", 60)));
        kills.add(List.of(kill("shop", "web-0", 60), kill("shop", "web-1", 60)));
        kills.publish(snapshot("shop"));
        assertThat(count("shop")).hasValue(3);
        kills.add(List.of(kill("shop", "web-1", 60)));
        kills.publish(snapshot("shop"));
        assertThat(count("shop")).hasValue(3);
    }

    @Test
    void nothingIsShownInTheMiddleOfARound() {
        kills.add(List.of(kill("shop", "web-0", 0)));
        assertThat(count("shop")).isEmpty();
        kills.publish(snapshot("shop"));
        assertThat(count("shop")).hasValue(1);
    }

    @Test
    void aNamespaceWithoutAKillIsThereWithZero() {
        kills.publish(snapshot("quiet"));
        assertThat(count("quiet")).hasValue(0);
    }

    @Test
    void theFirstNamespacesKeepTheirLabelsAndTheRestShareOne() {
        String[] namespaces = IntStream.range(0, NamespaceBound.MOST + 5)
                .mapToObj("ns-%03d"::formatted)
                .toArray(String[]::new);
        kills.publish(snapshot(namespaces));
        kills.add(List.of(kill("ns-000", "web-0", 0), kill("ns-203", "web-0", 0), kill("ns-204", "web-0", 0)));
        kills.publish(snapshot(namespaces));
        assertThat(count("ns-000")).hasValue(1);
        assertThat(count(NamespaceBound.OTHER)).hasValue(2);
        assertThat(count("ns-204")).isEmpty();
    }

    private OptionalDouble count(String namespace) {
        return registry.scrape().stream()
                .flatMap(snapshot -> ((CounterSnapshot) snapshot).getDataPoints().stream())
                .filter(point -> point.getLabels().equals(Labels.of("namespace", namespace)))
                .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
                .findFirst();
    }

    private static OutOfMemoryKill kill(String namespace, String pod, int second) {
        Instant at = AT.plusSeconds(second);
        return new OutOfMemoryKill(new ContainerId(new PodId(namespace, pod), "app"), at, Bytes.ZERO, at);
    }

    private static ClusterSnapshot snapshot(String... namespaces) {
        List<Workload> workloads = List.of(namespaces).stream()
                .map(namespace -> new Workload(
                        new WorkloadId(namespace, "Deployment", "web"), 1, List.of(), Map.of(), Map.of(), AT))
                .toList();
        return new ClusterSnapshot(AT, workloads, List.of(), List.of(), List.of());
    }
}
