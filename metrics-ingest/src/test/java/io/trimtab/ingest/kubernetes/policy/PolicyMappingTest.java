package io.trimtab.ingest.kubernetes.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.HpaRule;
import io.trimtab.ingest.model.LabelSelector;
import io.trimtab.ingest.model.LimitRule;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.Policy;
import io.trimtab.ingest.model.PolicyId;
import io.trimtab.ingest.model.SleepWindow;
import io.trimtab.ingest.model.TriggerSpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyMappingTest {
    private static final String HEAD = """
        apiVersion: trimtab.io/v1alpha1
        kind: ScalingPolicy
        metadata: {name: a, namespace: shop, generation: 3, creationTimestamp: "2026-11-24T12:00:00Z", annotations: {x: "y"}}
        """;

    @Test
    void readsEveryField() {
        Policy policy = policy("""
            spec:
              mode: Apply
              workloads:
                kinds: [Deployment, StatefulSet]
                selector:
                  matchLabels: {tier: web}
                  matchExpressions:
                    - {key: team, operator: In, values: [a, b]}
                    - {key: legacy, operator: DoesNotExist}
              objective: {oomPerWeek: "2.5%", throttledMinutesPerDay: 12}
              requests:
                cpu: {min: 10m, max: 8}
                memory: {min: 32Mi, max: 16Gi}
                limits: {cpu: none, memory: "plus:256Mi"}
                byHour: "off"
                startupBoost: "off"
              replicas:
                min: 2
                max: 40
                predictive: "off"
                hpa: leave
                floors: [{schedule: "0 8 * * 1-5", for: 10h, timezone: Europe/Berlin, min: 6}, {schedule: "0 9 * * *", for: 1h, min: 7}]
              zero:
                enabled: true
                cooldown: 5m
                triggers:
                  - type: kafka
                    name: orders
                    metricType: Value
                    metadata: {topic: t, lagThreshold: "50"}
                    authenticationRef: {name: k, kind: ClusterTriggerAuthentication}
                sleep: [{schedule: "0 20 * * 1-5", until: "0 7 * * 1-5", timezone: Europe/Berlin}]
              acts:
                windows: [{schedule: "0 2 * * *", for: 3h, timezone: Europe/Berlin}]
                podsPer10Minutes: "10%"
                perWorkloadPerDay: 4
                minHistory: 48h
                minSavingPerMonth: 5
            """);
        assertThat(policy)
                .isEqualTo(new Policy(
                        new PolicyId("ScalingPolicy", "shop", "a"),
                        3,
                        Instant.parse("2026-11-24T12:00:00Z"),
                        Map.of("x", "y"),
                        new Policy.Spec(
                                Mode.APPLY,
                                new Policy.Scope(
                                        Set.of("Deployment", "StatefulSet"),
                                        LabelSelector.parse("tier=web,team in (a,b),!legacy")),
                                new Policy.Objective(0.025, 12),
                                new Policy.Requests(
                                        Optional.of(new MilliCores(10)),
                                        Optional.of(new MilliCores(8000)),
                                        Optional.of(new Bytes(32 << 20)),
                                        Optional.of(new Bytes(16L << 30)),
                                        new LimitRule.None(),
                                        new LimitRule.Plus(new Bytes(256 << 20)),
                                        false,
                                        false),
                                new Policy.Replicas(
                                        OptionalInt.of(2),
                                        OptionalInt.of(40),
                                        false,
                                        List.of(
                                                new Policy.Floor(
                                                        new Policy.Window(
                                                                "0 8 * * 1-5", Duration.ofHours(10), "Europe/Berlin"),
                                                        6),
                                                new Policy.Floor(
                                                        new Policy.Window("0 9 * * *", Duration.ofHours(1), "UTC"), 7)),
                                        HpaRule.LEAVE),
                                new Policy.Zero(
                                        true,
                                        Optional.of(Duration.ofMinutes(5)),
                                        List.of(new TriggerSpec(
                                                "kafka",
                                                Optional.of("orders"),
                                                Optional.of("Value"),
                                                Map.of("topic", "t", "lagThreshold", "50"),
                                                Optional.of(new TriggerSpec.AuthenticationRef("k", true)))),
                                        List.of(new SleepWindow("0 20 * * 1-5", "0 7 * * 1-5", "Europe/Berlin"))),
                                new Policy.Acts(
                                        List.of(new Policy.Window("0 2 * * *", Duration.ofHours(3), "Europe/Berlin")),
                                        0.1,
                                        4,
                                        Duration.ofHours(48),
                                        BigDecimal.valueOf(5))),
                        List.of(),
                        Optional.empty()));
    }

    @Test
    void whatIsAbsentHasTheDefaultsAlsoWithoutASchema() {
        for (String spec :
                List.of("", "spec: {}\n", "spec: {objective: {}, requests: {limits: {}}, zero: {}, acts: {}}\n")) {
            Policy policy = policy(spec);
            assertThat(policy.spec()).isEqualTo(SpecReader.EMPTY);
            assertThat(policy.unreadable()).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {objective: {oomPerWeek: much}}           | spec.objective.oomPerWeek (much) must be a percentage such as 5%
        {acts: {podsPer10Minutes: "5"}}           | spec.acts.podsPer10Minutes (5) must be a percentage such as 5%
        {acts: {minHistory: 1w}}                  | spec.acts.minHistory (1w) must be a duration such as 5m, 24h or 8d
        {zero: {cooldown: soon}}                  | spec.zero.cooldown (soon) must be a duration such as 5m, 24h or 8d
        {requests: {limits: {cpu: "plus:1"}}}     | spec.requests.limits.cpu (plus:1) must be none, ratio or keep
        {requests: {limits: {memory: more}}}      | spec.requests.limits.memory (more) must be none, ratio or keep, or such as plus:256Mi
        {requests: {limits: {memory: "plus:x"}}}  | spec.requests.limits.memory (plus:x) cannot be read: "x" is not a Kubernetes quantity such as 250m, 2, 512Mi or 1e3
        {workloads: {selector: {matchLabels: {"a b": c}}}} | spec.workloads.selector (a b=c) cannot be read: "a b" is no label's name
        {workloads: {selector: {matchLabels: {tier: "web,team"}}}} | spec.workloads.selector (tier=web,team) cannot be read: "web,team" is no label's value
        {workloads: {selector: {matchExpressions: [{key: "!a", operator: Exists}]}}} | spec.workloads.selector (!a) cannot be read: "!a" is no label's name
        {workloads: {selector: {matchExpressions: [{key: a, operator: In}]}}} | spec.workloads.selector (a in ()) cannot be read: the values for a must not be empty
        """)
    void whatCannotBeReadIsNamed(String spec, String problem) {
        assertThat(policy("spec: " + spec + "\n").unreadable()).singleElement().hasToString(problem);
    }

    @Test
    void readsItsOwnStatusBack() {
        Policy policy = policy("""
            status:
              conditions:
                - {type: Ready, status: "True", observedGeneration: 2, reason: Understood, message: m, lastTransitionTime: "2026-11-24T12:00:01Z"}
              workloads: 42
              recommendations: 17
              savingPerMonth: {now: "310.22", currency: USD}
            """);
        assertThat(policy.status()).hasValueSatisfying(status -> {
            assertThat(status.savingPerMonth()).isEqualTo("310.22");
            assertThat(status.workloads()).isEqualTo(42);
            assertThat(status.recommendations()).isEqualTo(17);
            assertThat(status.conditions()).singleElement().satisfies(ready -> {
                assertThat(ready.holds()).isTrue();
                assertThat(ready.generation()).isEqualTo(2);
                assertThat(ready.since()).contains(Instant.parse("2026-11-24T12:00:01Z"));
            });
        });
        assertThat(policy("status: {conditions: []}\n").status()).isEmpty();
    }

    private static Policy policy(String rest) {
        return PolicyMapping.policy(Serialization.unmarshal(HEAD + rest, ScalingPolicy.class));
    }
}
