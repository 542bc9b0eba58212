package io.trimtab.ingest.triggers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.IngestException.Kind;
import io.trimtab.ingest.PodLookup;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.TriggerSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesWorkloadTriggerTest {
    private static final List<Pod> PODS = List.of(
            pod("a", PodPhase.RUNNING, Optional.of("n1"), "web"),
            pod("b", PodPhase.RUNNING, Optional.of("n1"), "web"),
            pod("c", PodPhase.PENDING, Optional.empty(), "web"),
            pod("d", PodPhase.UNKNOWN, Optional.of("n2"), "web"),
            pod("e", PodPhase.SUCCEEDED, Optional.of("n3"), "web"),
            pod("f", PodPhase.FAILED, Optional.of("n3"), "web"),
            pod("g", PodPhase.RUNNING, Optional.of("n4"), "db"));

    private final Triggers triggers = Triggers.reading(lookup());

    private static PodLookup lookup() {
        return namespace -> {
            if (namespace.equals("broken")) throw new IngestException(Kind.UNREACHABLE, "stale; wait", null);
            return namespace.equals("shop") ? PODS : List.of();
        };
    }

    private static Pod pod(String name, PodPhase phase, Optional<String> node, String app) {
        return new Pod(
                new PodId("shop", name),
                Optional.empty(),
                node,
                phase,
                List.of(),
                Map.of("app", app),
                Map.of(),
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private Trigger open(String namespace, Map<String, String> metadata) {
        return triggers.open(
                new TriggerSpec("kubernetes-workload", Optional.empty(), Optional.empty(), metadata, Optional.empty()),
                namespace,
                Map.of());
    }

    @AfterEach
    void disconnect() {
        triggers.close();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
        shop  | app=web          | false | 4
        shop  | app=web          | true  | 2
        shop  | app              | false | 5
        shop  | app in (db,web)  | true  | 3
        shop  | app!=web         | false | 1
        shop  | app=none         | false | 0
        other | app=web          | false | 0
        """)
    void counts(String namespace, String selector, String byNode, int expected) throws Exception {
        Trigger trigger = open(namespace, Map.of("podSelector", selector, "value", "2", "groupByNode", byNode));
        assertThat(trigger.reader().read(Instant.EPOCH)).isEqualByComparingTo(Integer.toString(expected));
        assertThat(trigger.reader().source()).isEqualTo("pods of namespace " + namespace);
    }

    @Test
    void passesOnThatNothingIsHeard() {
        TriggerReader reader =
                open("broken", Map.of("podSelector", "a", "value", "1")).reader();
        assertThatThrownBy(() -> reader.read(Instant.EPOCH))
                .isInstanceOf(IngestException.class)
                .hasMessage("stale; wait");
    }

    @Test
    void readersOfTheSameAreEqual() {
        TriggerReader one =
                open("shop", Map.of("podSelector", "app=web", "value", "1")).reader();
        assertThat(one)
                .isEqualTo(open("shop", Map.of("podSelector", "app == web", "value", "2", "activationValue", "1"))
                        .reader());
        assertThat(one)
                .isNotEqualTo(open("other", Map.of("podSelector", "app=web", "value", "1"))
                        .reader());
    }

    @Test
    void saysWhatIsWrongWithIt() {
        assertThatThrownBy(() -> open("shop", Map.of("value", "1"))).hasMessage("metadata.podSelector must be there");
        assertThatThrownBy(() -> open("shop", Map.of("podSelector", "a=(", "value", "1")))
                .hasMessageStartingWith("metadata.podSelector (a=() must be a label selector: ");
        assertThatThrownBy(() -> open("shop", Map.of("podSelector", "a", "value", "-1")))
                .hasMessage("metadata.value (-1) must be a number of at least 0.001");
        assertThat(open("shop", Map.of("podSelector", "a", "value", "1", "namespace", "x"))
                        .notSupported())
                .containsExactly("metadata.namespace: no field of a kubernetes-workload trigger, in KEDA either");
    }
}
