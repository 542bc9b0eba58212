package io.trimtab.ingest.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.LabelSelector.Requirement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which node may carry a pod. */
class SchedulingTest {
    /** The node is {@code n1}, with the labels {@code disk=ssd} and {@code cores=8}. */
    @ParameterizedTest(name = "selector {0}, affinity {1}: {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        -                  | -                                   | true
        disk=ssd           | -                                   | true
        disk=hdd           | -                                   | false
        disk=ssd,zone=a    | -                                   | false
        -                  | disk in (ssd)                       | true
        -                  | disk in (hdd)                       | false
        -                  | disk in (hdd); cores>7              | true
        -                  | disk in (hdd); cores>8              | false
        -                  | disk in (ssd),zone                  | false
        -                  | !zone,cores<9                       | true
        -                  | metadata.name in (n1)               | true
        -                  | metadata.name notin (n1)            | false
        disk=hdd           | cores>7                             | false
        """)
    void labels(String selector, String affinity, boolean allowed) {
        List<LabelSelector> terms = affinity == null
                ? List.of()
                : Stream.of(affinity.split("; ")).map(LabelSelector::parse).toList();
        Scheduling scheduling = new Scheduling(pairs(selector), terms, List.of(), List.of(), Resources.ZERO);
        assertThat(scheduling.allows(node(List.of()))).isEqualTo(allowed);
    }

    @Test
    void aTermWithoutRequirementsMatchesNothing() {
        Scheduling scheduling =
                new Scheduling(Map.of(), List.of(LabelSelector.EVERYTHING), List.of(), List.of(), Resources.ZERO);
        assertThat(scheduling.allows(node(List.of()))).isFalse();
        Requirement other = new Requirement.In("disk", Set.of("ssd"));
        Scheduling either = new Scheduling(
                Map.of(),
                List.of(LabelSelector.EVERYTHING, new LabelSelector(List.of(other))),
                List.of(),
                List.of(),
                Resources.ZERO);
        assertThat(either.allows(node(List.of()))).isTrue();
    }

    /** Tolerations as key, value, effect; {@code *} for any. */
    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        -                                          | -                                       | true
        dedicated db NO_SCHEDULE                   | -                                       | false
        dedicated db NO_SCHEDULE                   | dedicated db NO_SCHEDULE                | true
        dedicated db NO_EXECUTE                    | dedicated db NO_SCHEDULE                | false
        dedicated db NO_EXECUTE                    | dedicated db *                          | true
        dedicated db NO_SCHEDULE                   | dedicated web *                         | false
        dedicated db NO_SCHEDULE                   | dedicated * NO_SCHEDULE                 | true
        dedicated db NO_SCHEDULE                   | other * *                               | false
        dedicated db NO_SCHEDULE                   | * * *                                   | true
        dedicated db NO_SCHEDULE; gpu x NO_EXECUTE | dedicated db *                          | false
        dedicated db NO_SCHEDULE; gpu x NO_EXECUTE | dedicated db *; gpu * NO_EXECUTE        | true
        """)
    void taints(String taints, String tolerations, boolean allowed) {
        List<Taint> all = words(taints)
                .map(it -> new Taint(it[0], it[1], Taint.Effect.valueOf(it[2])))
                .toList();
        List<Toleration> tolerated = words(tolerations)
                .map(it -> new Toleration(any(it[0]), any(it[1]), any(it[2]).map(Taint.Effect::valueOf)))
                .toList();
        Scheduling scheduling = new Scheduling(Map.of(), List.of(), tolerated, List.of(), Resources.ZERO);
        assertThat(scheduling.allows(node(all))).isEqualTo(allowed);
    }

    private static Stream<String[]> words(String text) {
        return text == null ? Stream.empty() : Stream.of(text.split("; ")).map(it -> it.split(" "));
    }

    private static Optional<String> any(String word) {
        return Optional.of(word).filter(it -> !it.equals("*"));
    }

    private static Map<String, String> pairs(String text) {
        if (text == null) return Map.of();
        return Stream.of(text.split(","))
                .map(it -> it.split("="))
                .collect(java.util.stream.Collectors.toMap(it -> it[0], it -> it[1]));
    }

    private static Node node(List<Taint> taints) {
        return new Node(
                "n1",
                "t",
                "r",
                "z",
                CapacityType.ON_DEMAND,
                Resources.ZERO,
                Resources.ZERO,
                110,
                true,
                true,
                Map.of("disk", "ssd", "cores", "8"),
                Instant.EPOCH,
                "",
                taints,
                Map.of());
    }
}
