package io.trimtab.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.trimtab.house.House;
import io.trimtab.ingest.kubernetes.KubernetesInventory;
import io.trimtab.ingest.kubernetes.policy.PolicyMapping;
import io.trimtab.ingest.kubernetes.policy.ScalingPolicy;
import io.trimtab.ingest.model.Policy;
import io.trimtab.ingest.model.PolicyId;
import io.trimtab.service.testbed.PolicyDefinitions;
import io.trimtab.service.testbed.Testbed;
import io.trimtab.service.testbed.WithTestbed;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real API server makes of the custom resource definitions and of policies. */
@WithTestbed
class PolicyObjectsTest {
    private static final JsonMapper JSON = new JsonMapper();

    private KubernetesClient client;
    private String namespace;

    @BeforeEach
    void install(Testbed testbed) throws Exception {
        client = testbed.client();
        namespace = testbed.namespace();
        PolicyDefinitions.install(client);
    }

    @AfterEach
    void disconnect() {
        client.resources(ScalingPolicy.class).delete();
        client.close();
    }

    @Test
    void theDefinitionsInstallWithoutAWarning(Testbed testbed) throws Exception {
        List<String> warnings = Collections.synchronizedList(new ArrayList<>());
        var listening = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(testbed.kubeconfig().toFile()))
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("warnings", new Interceptor() {
                    @Override
                    public void after(
                            HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> body) {
                        warnings.addAll(response.headers("Warning"));
                    }
                }))
                .build();
        try (listening) {
            PolicyDefinitions.remove(listening);
            PolicyDefinitions.install(listening);
            assertThat(warnings).isEmpty();
            assertThat(listening
                            .apiextensions()
                            .v1()
                            .customResourceDefinitions()
                            .withName("scalingpolicies.trimtab.io")
                            .get())
                    .extracting(CustomResourceDefinition::getStatus)
                    .satisfies(status -> assertThat(status.getConditions())
                            .filteredOn(condition -> condition.getStatus().equals("True"))
                            .extracting(condition -> condition.getType())
                            .containsExactlyInAnyOrder("Established", "NamesAccepted"));
            listening
                    .resource(policy("odd", "{mode: Recommend, noSuchField: 1}"))
                    .create();
            assertThat(warnings).as("the ear works").anyMatch(it -> it.contains("spec.noSuchField"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {mode: apply}                                         | spec.mode: Unsupported value: "apply": supported values: "Apply", "Observe", "Recommend"
        {objective: {oomPerWeek: "0%"}}                      | spec.objective.oomPerWeek: Invalid value: … must be a percentage above 0% and below 100%, such as 1%
        {objective: {oomPerWeek: "100%"}}                    | spec.objective.oomPerWeek: Invalid value: … must be a percentage above 0% and below 100%, such as 1%
        {objective: {oomPerWeek: 0.01}}                       | spec.objective.oomPerWeek: Invalid value: "number": spec.objective.oomPerWeek in body must be of type string
        {objective: {throttledMinutesPerDay: 0}}              | spec.objective.throttledMinutesPerDay: Invalid value: 0: spec.objective.throttledMinutesPerDay in body should be greater than or equal to 1
        {requests: {cpu: {min: 2, max: 1500m}}}              | spec.requests.cpu.min: Invalid value: … min must not exceed max
        {requests: {memory: {min: 2Gi, max: 1Gi}}}           | spec.requests.memory.min: Invalid value: … min must not exceed max
        {requests: {cpu: {min: 0}}}                          | spec.requests.cpu.min: Invalid value: … must be a quantity above 0
        {requests: {memory: {max: lots}}}                    | spec.requests.memory.max: Invalid value: … must be a quantity above 0
        {requests: {limits: {cpu: "plus:1"}}}                | spec.requests.limits.cpu: Invalid value: … cpu must be none, ratio or keep
        {requests: {limits: {memory: "plus:x"}}}             | spec.requests.limits.memory: Invalid value: … memory must be none, ratio, keep or plus: and a quantity
        {requests: {byHour: always}}                          | spec.requests.byHour: Unsupported value: "always": supported values: "auto", "off"
        {replicas: {min: 3, max: 2}}                         | spec.replicas.min: Invalid value: … min must not exceed max
        {replicas: {max: 0}}                                  | spec.replicas.max in body should be greater than or equal to 1
        {replicas: {min: -1}}                                 | spec.replicas.min in body should be greater than or equal to 0
        {replicas: {min: 0}}                                 | spec.replicas.min: Invalid value: … replicas.min must be at least 1 unless zero.enabled is true
        {replicas: {predictive: always}}                      | spec.replicas.predictive: Unsupported value: "always": supported values: "auto", "off"
        {replicas: {floors: [{schedule: 0 8 * *, for: 10h, min: 6}]}} | spec.replicas.floors[0].schedule: Invalid value: … schedule must be a cron line of five fields
        {replicas: {floors: [{schedule: 0 8 * * *, for: 0h, min: 6}]}} | spec.replicas.floors[0].for: Invalid value: … for must be a duration above 0
        {replicas: {floors: [{schedule: 0 8 * * *, min: 6}]}} | spec.replicas.floors[0].for: Required value
        {replicas: {floors: [{schedule: 0 8 * * *, for: 10h}]}} | spec.replicas.floors[0].min: Required value
        {replicas: {floors: [{schedule: 0 8 * * *, for: 10h, min: 0}]}} | spec.replicas.floors[0].min in body should be greater than or equal to 1
        {replicas: {max: 5, floors: [{schedule: 0 8 * * *, for: 10h, min: 6}]}} | spec.replicas.floors: Invalid value: … each min of floors must not exceed max
        {zero: {enabled: true}}                              | spec.zero: Invalid value: … enabled needs at least one of triggers and sleep
        {zero: {cooldown: soon}}                             | spec.zero.cooldown: Invalid value: … cooldown must be auto or a duration, such as 5m
        {zero: {triggers: [{metadata: {}}]}}                  | spec.zero.triggers[0].type: Required value
        {zero: {triggers: [{type: a, name: n}, {type: b, name: n}]}} | spec.zero.triggers: Invalid value: … each name of triggers must be unique
        {zero: {triggers: [{type: a, metricType: Utilization}]}} | spec.zero.triggers[0].metricType: Unsupported value: "Utilization"
        {zero: {sleep: [{schedule: 0 20 * * *, until: 0 20 * * *}]}} | spec.zero.sleep[0].until: Invalid value: … until must differ from schedule
        {zero: {sleep: [{schedule: 0 20 * * *, until: later}]}} | spec.zero.sleep[0].until: Invalid value: … until must be a cron line of five fields
        {acts: {windows: [{schedule: 0 2 * *, for: 3h}]}}    | spec.acts.windows[0].schedule: Invalid value: … schedule must be a cron line of five fields
        {acts: {windows: [{schedule: 0 2 * * *, for: 0h}]}}  | spec.acts.windows[0].for: Invalid value: … for must be a duration above 0
        {acts: {windows: [{schedule: 0 2 * * *}]}}            | spec.acts.windows[0].for: Required value
        {acts: {podsPer10Minutes: "101%"}}                   | spec.acts.podsPer10Minutes: Invalid value: … must be a percentage from 0% to 100%
        {acts: {perWorkloadPerDay: -1}}                       | spec.acts.perWorkloadPerDay in body should be greater than or equal to 0
        {acts: {minHistory: 1w}}                             | spec.acts.minHistory: Invalid value: … minHistory must be a duration, such as 24h
        {acts: {minSavingPerMonth: -1}}                       | spec.acts.minSavingPerMonth in body should be greater than or equal to 0
        {workloads: {kinds: [""]}}                            | spec.workloads.kinds[0] in body should be at least 1 chars long
        {workloads: {selector: {matchExpressions: [{key: a, operator: Like}]}}} | spec.workloads.selector.matchExpressions[0].operator: Unsupported value: "Like"
        {workloads: {selector: {matchExpressions: [{key: a, operator: In}]}}} | spec.workloads.selector.matchExpressions[0].values: Invalid value: … values must have at least one item for In and NotIn
        """)
    void whatAPolicyCannotMeanIsRefusedWithItsFieldAndBound(String spec, String said) {
        assertThatThrownBy(() -> client.resource(policy("bad", spec)).create())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContainingAll(said.split(" … "));
    }

    @Test
    void theDefaultsAreInTheObject() throws Exception {
        GenericKubernetesResource made = client.resource(
                        client.getKubernetesSerialization().unmarshal("""
                            apiVersion: trimtab.io/v1alpha1
                            kind: ScalingPolicy
                            metadata: {name: empty}
                            """, GenericKubernetesResource.class))
                .create();
        assertThat(JSON.valueToTree(made.getAdditionalProperties()).path("spec"))
                .isEqualTo(JSON.readTree("""
                    {"mode": "Recommend",
                     "objective": {"oomPerWeek": "1%", "throttledMinutesPerDay": 5},
                     "requests": {"limits": {"cpu": "ratio", "memory": "ratio"}, "byHour": "auto", "startupBoost": "auto"},
                     "acts": {"podsPer10Minutes": "5%", "perWorkloadPerDay": 2, "minHistory": "24h", "minSavingPerMonth": 0}}
                    """));
        GenericKubernetesResource more = client.resource(policy(
                        "more",
                        "{zero: {triggers: [{type: cron, authenticationRef: {name: a}}]}, acts: {windows:"
                                + " [{schedule: 0 2 * * *, for: 3h}]}}"))
                .create();
        assertThat(more.<Boolean>get("spec", "zero", "enabled")).isFalse();
        assertThat(more.<String>get("spec", "zero", "cooldown")).isEqualTo("auto");
        assertThat(more.<String>get("spec", "zero", "triggers", 0, "authenticationRef", "kind"))
                .isEqualTo("TriggerAuthentication");
        assertThat(more.<String>get("spec", "acts", "windows", 0, "timezone")).isEqualTo("UTC");
    }

    @Test
    void kubectlShowsModeWorkloadsSavingAndReady() throws Exception {
        client.resource(policy("web", "{mode: Apply}")).create();
        client.resource(policy("web", "{mode: Apply}")).editStatus(it -> {
            it.setAdditionalProperty("status", JSON.convertValue(tree("""
                {"workloads": 42, "savingPerMonth": {"now": "310.22"},
                 "conditions": [{"type": "Paused", "status": "False"}, {"type": "Ready", "status": "True"}]}
                """), Object.class));
            return it;
        });
        var request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(URI.create("%sapis/trimtab.io/v1alpha1/namespaces/%s/scalingpolicies"
                        .formatted(client.getMasterUrl(), namespace)))
                .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                .build();
        JsonNode table = JSON.readTree(client.getHttpClient()
                .sendAsync(request, String.class)
                .get(10, TimeUnit.SECONDS)
                .body());
        assertThat(texts(table.path("columnDefinitions"), "name"))
                .containsExactly("Name", "Mode", "Workloads", "Saving", "Ready", "Age");
        JsonNode cells = table.path("rows").path(0).path("cells");
        assertThat(cells.path(0).asText()).isEqualTo("web");
        assertThat(cells.path(1).asText()).isEqualTo("Apply");
        assertThat(cells.path(2).asInt()).isEqualTo(42);
        assertThat(cells.path(3).asText()).isEqualTo("310.22");
        assertThat(cells.path(4).asText()).isEqualTo("True");
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (java.io.IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The example of the guide is accepted, and no field of it is unknown or means nothing. */
    @Test
    void theExampleOfTheGuideIsUnderstoodWhole() throws Exception {
        String guide = Files.readString(House.root().resolve("docs/policies.md"));
        Matcher example = Pattern.compile(
                        "```yaml\n(apiVersion: trimtab.io/v1alpha1\nkind: ScalingPolicy.*?)```", Pattern.DOTALL)
                .matcher(guide);
        assertThat(example.find()).isTrue();
        GenericKubernetesResource written =
                client.getKubernetesSerialization().unmarshal(example.group(1), GenericKubernetesResource.class);
        written.getMetadata().setNamespace(namespace);
        client.resource(written).create();
        ScalingPolicy read = client.resources(ScalingPolicy.class)
                .withName(written.getMetadata().getName())
                .get();
        assertThat(client.genericKubernetesResources("trimtab.io/v1alpha1", "ScalingPolicy")
                        .withName(written.getMetadata().getName())
                        .get()
                        .getAdditionalProperties()
                        .get("spec"))
                .as("nothing was pruned")
                .isEqualTo(written.getAdditionalProperties().get("spec"));
        assertThat(PolicyMapping.policy(read).unreadable()).isEmpty();
    }

    @Test
    void aClusterWithoutTheDefinitionsIsReadAllTheSameAndTheyMayComeLater() throws Exception {
        PolicyDefinitions.remove(client);
        try (var inventory = new KubernetesInventory(client, InstantSource.system(), Duration.ofMinutes(5))) {
            inventory.start();
            await(inventory::hasSynced);
            assertThat(inventory.problems()).isEmpty();
            assertThat(inventory.snapshot(InstantSource.system().instant()).policies())
                    .isEmpty();

            PolicyDefinitions.install(client);
            client.resource(policy("late", "{mode: Apply}")).create();
            await(() -> inventory.lastKnown(InstantSource.system().instant()).policies().stream()
                    .map(Policy::id)
                    .toList()
                    .contains(new PolicyId("ScalingPolicy", namespace, "late")));
            assertThat(inventory.problems()).isEmpty();
        }
    }

    private static void await(BooleanSupplier question) {
        for (int i = 0; i < 600 && !question.getAsBoolean(); i++)
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        assertThat(question.getAsBoolean()).isTrue();
    }

    private GenericKubernetesResource policy(String name, String spec) {
        return client.getKubernetesSerialization()
                .unmarshal("""
                    apiVersion: trimtab.io/v1alpha1
                    kind: ScalingPolicy
                    metadata: {name: %s, namespace: %s}
                    spec: %s
                    """.formatted(name, namespace, spec), GenericKubernetesResource.class);
    }

    private static List<String> texts(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(it -> it.path(field).asText())
                .toList();
    }
}
