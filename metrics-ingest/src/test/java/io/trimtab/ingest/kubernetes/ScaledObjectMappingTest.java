package io.trimtab.ingest.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.trimtab.ingest.model.TriggerSpec.AuthenticationRef;
import io.trimtab.ingest.model.TriggeredScaling;
import io.trimtab.ingest.model.TriggeredScaling.Fallback;
import io.trimtab.ingest.model.TriggeredScaling.Modifiers;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaledObjectMappingTest {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final String LEAST = "scaleTargetRef: {name: web}, triggers: [{type: cron, metadata: {}}]";

    private static final String WHOLE = """
        apiVersion: keda.sh/v1alpha1
        kind: ScaledObject
        metadata:
          name: web
          namespace: shop
          creationTimestamp: "2026-11-24T10:00:00Z"
          annotations: {autoscaling.keda.sh/paused: "true"}
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: queue, envSourceContainerName: app}
          pollingInterval: 15
          initialCooldownPeriod: 60
          cooldownPeriod: 120
          idleReplicaCount: 0
          minReplicaCount: 2
          maxReplicaCount: 20
          shape: round
          fallback: {failureThreshold: 3, replicas: 6, behavior: currentReplicasIfHigher}
          advanced:
            restoreToOriginalReplicaCount: true
            horizontalPodAutoscalerConfig: {name: mine, behavior: {scaleDown: {stabilizationWindowSeconds: 300}}}
            scalingModifiers: {formula: a + 1, target: "2.5", activationTarget: "1", metricType: Value}
          triggers:
            - type: prometheus
              name: a
              useCachedMetrics: true
              metricType: Value
              metadata: {query: up, threshold: "5"}
              authenticationRef: {name: key, kind: ClusterTriggerAuthentication}
            - type: kubernetes-workload
              metadata: {}
              authenticationRef: {name: own}
        status: {lastActiveTime: "2026-11-24T11:00:00Z"}
        """;

    private static ScaledObject read(String yaml) {
        return ScaledObjectMapping.scaledObject(YAML.unmarshal(yaml, GenericKubernetesResource.class));
    }

    private static ScaledObject spec(String spec) {
        return read(
                "---\n{kind: ScaledObject, apiVersion: keda.sh/v1alpha1, metadata: {name: web, namespace: shop, creationTimestamp: \"2026-11-24T10:00:00Z\"}, spec: {%s}}"
                        .formatted(spec));
    }

    private static TriggeredScaling followed(String spec) {
        return spec(spec).scaling().orElseThrow(() -> new AssertionError(spec(spec)));
    }

    @Test
    void readsAll() {
        TriggeredScaling it = read(WHOLE).scaling().orElseThrow();
        assertThat(it.owner()).hasToString("shop/ScaledObject/web");
        assertThat(it.target()).hasToString("shop/StatefulSet/queue");
        assertThat(it.pollingInterval()).isEqualTo(Duration.ofSeconds(15));
        assertThat(it.initialCooldown()).isEqualTo(Duration.ofMinutes(1));
        assertThat(it.cooldown()).contains(Duration.ofMinutes(2));
        assertThat(it.idleReplicas()).hasValue(0);
        assertThat(it.minReplicas()).isEqualTo(2);
        assertThat(it.maxReplicas()).isEqualTo(20);
        assertThat(it.fallback()).contains(new Fallback(3, 6, "currentReplicasIfHigher"));
        assertThat(it.modifiers())
                .contains(new Modifiers("a + 1", new BigDecimal("2.5"), BigDecimal.ONE, Optional.of("Value")));
        assertThat(it.annotations()).containsEntry("autoscaling.keda.sh/paused", "true");
        assertThat(it.createdAt()).isEqualTo(Instant.parse("2026-11-24T10:00:00Z"));
        assertThat(it.lastActive()).contains(Instant.parse("2026-11-24T11:00:00Z"));
        assertThat(it.triggers()).hasSize(2);
        assertThat(it.triggers().getFirst()).satisfies(trigger -> {
            assertThat(trigger.type()).isEqualTo("prometheus");
            assertThat(trigger.name()).contains("a");
            assertThat(trigger.metricType()).contains("Value");
            assertThat(trigger.metadata()).isEqualTo(Map.of("query", "up", "threshold", "5"));
            assertThat(trigger.authentication()).contains(new AuthenticationRef("key", true));
        });
        assertThat(it.triggers().getLast().authentication()).contains(new AuthenticationRef("own", false));
        assertThat(it.notSupported())
                .containsExactly(
                        "spec.scaleTargetRef.envSourceContainerName: the environment of containers is not read; give"
                                + " values in the metadata",
                        "spec.advanced.restoreToOriginalReplicaCount: a workload keeps the count that it has when this"
                                + " object is deleted",
                        "spec.advanced.horizontalPodAutoscalerConfig.behavior: between one replica and many the default"
                                + " behavior of a HorizontalPodAutoscaler holds",
                        "spec.advanced.horizontalPodAutoscalerConfig.name: no HorizontalPodAutoscaler is made",
                        "spec.shape: is not known here and has no effect");
    }

    @Test
    void takesKedasDefaults() {
        TriggeredScaling it = followed(LEAST);
        assertThat(it.target()).hasToString("shop/Deployment/web");
        assertThat(it.pollingInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(it.cooldown()).contains(Duration.ofMinutes(5));
        assertThat(it.initialCooldown()).isZero();
        assertThat(it.idleReplicas()).isEmpty();
        assertThat(it.minReplicas()).isZero();
        assertThat(it.maxReplicas()).isEqualTo(100);
        assertThat(it.fallback()).isEmpty();
        assertThat(it.modifiers()).isEmpty();
        assertThat(it.lastActive()).isEmpty();
        assertThat(it.notSupported()).isEmpty();
        assertThat(followed(LEAST + ", fallback: {failureThreshold: 1, replicas: 2}")
                        .fallback())
                .contains(new Fallback(1, 2, "static"));
        assertThat(followed(LEAST + ", advanced: {restoreToOriginalReplicaCount: false, scalingModifiers: {}}"))
                .satisfies(same -> assertThat(same).isEqualTo(it));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        minReplicaCount: 0, idleReplicaCount: 0 | -
        minReplicaCount: 1, idleReplicaCount: 0 | 0
        minReplicaCount: 3, idleReplicaCount: 2 | 2
        minReplicaCount: 3                      | -
        """)
    void restsAt(String bounds, String expected) {
        OptionalInt idle = followed(LEAST + ", " + bounds).idleReplicas();
        assertThat(idle.isPresent() ? Integer.toString(idle.getAsInt()) : "-").isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        triggers: [{type: a, metadata: {}}]                                                  | spec.scaleTargetRef must be there
        scaleTargetRef: web                                                                  | spec.scaleTargetRef (web) must be an object
        scaleTargetRef: {kind: Deployment}, triggers: []                                     | spec.scaleTargetRef.name must be there
        scaleTargetRef: {name: a, kind: DaemonSet}                                           | spec.scaleTargetRef (DaemonSet of apps/v1) must be a Deployment or a StatefulSet of apps/v1
        scaleTargetRef: {name: a, kind: Rollout, apiVersion: argoproj.io/v1alpha1}           | spec.scaleTargetRef (Rollout of argoproj.io/v1alpha1) must be a Deployment or a StatefulSet of apps/v1
        scaleTargetRef: {name: a}                                                            | spec.triggers must have at least one trigger
        scaleTargetRef: {name: a}, triggers: {}                                              | spec.triggers ({}) must be a list
        scaleTargetRef: {name: a}, triggers: [{metadata: {}}]                                | spec.triggers[0].type must be there
        scaleTargetRef: {name: a}, triggers: [{type: b, metadata: {c: 1}}]                   | spec.triggers[0].metadata.c (1) must be a string
        scaleTargetRef: {name: a}, triggers: [{type: b, metricType: Sum}]                    | spec.triggers[0].metricType (Sum) must be AverageValue, Value or Utilization
        scaleTargetRef: {name: a}, triggers: [{type: b, name: n}, {type: c, name: n}]        | spec.triggers[1].name (n) must be another than that of the triggers before it
        scaleTargetRef: {name: a}, triggers: [{type: b, authenticationRef: {name: c, kind: Secret}}] | spec.triggers[0].authenticationRef.kind (Secret) must be TriggerAuthentication or ClusterTriggerAuthentication
        scaleTargetRef: {name: a}, triggers: [{type: b}], pollingInterval: 0                 | spec.pollingInterval (PT0S) must be positive
        scaleTargetRef: {name: a}, triggers: [{type: b}], cooldownPeriod: -1                 | a cool-down of shop/ScaledObject/web must not be negative
        scaleTargetRef: {name: a}, triggers: [{type: b}], cooldownPeriod: 1m                 | spec.cooldownPeriod (1m) must be a whole number
        scaleTargetRef: {name: a}, triggers: [{type: b}], minReplicaCount: 5, maxReplicaCount: 4 | spec.minReplicaCount (5) and spec.maxReplicaCount (4) are out of order
        scaleTargetRef: {name: a}, triggers: [{type: b}], idleReplicaCount: 0                | spec.idleReplicaCount (0) must be >= 0 and below minReplicaCount (0)
        scaleTargetRef: {name: a}, triggers: [{type: b}], fallback: {replicas: 1}            | spec.fallback.failureThreshold must be there
        scaleTargetRef: {name: a}, triggers: [{type: b}], fallback: {failureThreshold: 1, replicas: -1} | spec.fallback.replicas (-1) must be 0 or more
        scaleTargetRef: {name: a}, triggers: [{type: b}], fallback: {failureThreshold: 1, replicas: 1, behavior: wild} | spec.fallback.behavior (wild) must be one of currentReplicas, currentReplicasIfHigher, currentReplicasIfLower, scalingModifiers, static
        scaleTargetRef: {name: a}, triggers: [{type: b}], advanced: {scalingModifiers: {target: "1"}} | spec.advanced.scalingModifiers.formula must be there
        scaleTargetRef: {name: a}, triggers: [{type: b}], advanced: {scalingModifiers: {formula: x}} | spec.advanced.scalingModifiers.target must be there
        scaleTargetRef: {name: a}, triggers: [{type: b}], advanced: {scalingModifiers: {formula: x, target: much}} | spec.advanced.scalingModifiers.target (much) must be a number
        scaleTargetRef: {name: a}, triggers: [{type: b}], advanced: {scalingModifiers: {formula: x, target: "1e999999999"}} | spec.advanced.scalingModifiers.target (1e999999999) must be a number of at most 300 digits
        """)
    void saysWhatIsWrongWithIt(String spec, String expected) {
        assertThat(spec(spec)).isInstanceOfSatisfying(ScaledObject.Unreadable.class, it -> {
            assertThat(it.why()).isEqualTo(expected);
            assertThat(it.owner()).hasToString("shop/ScaledObject/web");
        });
    }

    @Test
    void oneThatIsBeingDeletedAsksForNothing() {
        String yaml = WHOLE.replace("  name: web\n", "  name: web\n  deletionTimestamp: \"2026-11-24T12:00:00Z\"\n");
        assertThat(read(yaml)).isInstanceOf(ScaledObject.Ending.class);
        assertThat(read(yaml).scaling()).isEmpty();
    }

    @Test
    void readsAuthentications() {
        var plain = authentication(
                "secretTargetRef: [{parameter: bearerToken, name: a, key: b}], configMapTargetRef: [{parameter: ca,"
                        + " name: c, key: d}], podIdentity: {provider: none}");
        assertThat(plain.secrets()).containsExactly(new AuthenticationMapping.Source("bearerToken", "a", "b"));
        assertThat(plain.configMaps()).containsExactly(new AuthenticationMapping.Source("ca", "c", "d"));
        assertThat(plain.notSupported()).isEmpty();
        assertThat(authentication("podIdentity: {provider: aws}, env: [{parameter: a, name: b}], oauth2: {type: x},"
                                + " hashiCorpVault: {}, crystal: {}")
                        .notSupported())
                .isEqualTo(List.of(
                        "spec.podIdentity.provider (aws): not supported yet",
                        "spec.env: not supported yet",
                        "spec.oauth2: not supported yet",
                        "spec.crystal: is not known here and has no effect"));
    }

    private static AuthenticationMapping.Authentication authentication(String spec) {
        return AuthenticationMapping.authentication(YAML.unmarshal(
                "---\n{kind: TriggerAuthentication, apiVersion: keda.sh/v1alpha1, metadata: {name: a, namespace: shop}, spec: {%s}}"
                        .formatted(spec),
                GenericKubernetesResource.class));
    }
}
