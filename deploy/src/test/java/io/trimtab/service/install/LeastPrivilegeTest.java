package io.trimtab.service.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.trimtab.ingest.model.Mode;
import io.trimtab.service.RealPair;
import io.trimtab.service.Served;
import io.trimtab.service.testbed.Binaries;
import io.trimtab.service.testbed.Testbed;
import io.trimtab.service.testbed.WithTestbed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The rights of each mode, as the chart grants them to the token of its service account: they are enough for a running Trimtab, and the API
 * server refuses that token everything else.
 */
@WithTestbed
class LeastPrivilegeTest {
    private static final Set<String> READING = Set.of("get", "list", "watch");

    private static Manifests manifests;

    @TempDir
    private Path folder;

    private Testbed testbed;
    private RealPair pair;

    @BeforeAll
    static void find() throws Exception {
        manifests = Manifests.find();
    }

    @BeforeEach
    void run(Testbed fresh) throws Exception {
        testbed = fresh;
        pair = RealPair.run(fresh, folder);
    }

    @AfterEach
    void stop() throws Exception {
        kubectl("delete", "-f", folder.resolve("rights.yaml").toString());
        pair.close();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Mode.class)
    void eachModeWorksWithItsRightsAndHasNoMore(Mode mode) throws Exception {
        Path kubeconfig = install("mode=" + mode);
        List<String> before =
                pair.web().stream().map(pod -> pod.getMetadata().getUid()).toList();
        try (Served service = Served.start(pair.settings(mode, kubeconfig))) {
            String path = "/api/v1/recommendations?namespace=" + testbed.namespace();
            service.await(
                    path,
                    page -> items(page).stream()
                            .filter(item -> mode != Mode.APPLY
                                    || item.path("outcome")
                                            .asText()
                                            .toLowerCase(Locale.ROOT)
                                            .startsWith("applied"))
                            .map(item -> item.path("kind").asText())
                            .collect(Collectors.toSet())
                            .containsAll(mode == Mode.OBSERVE ? Set.of("Hold") : Set.of("Scale", "Retune")));
            JsonNode status = service.await(
                    "/api/v1/status", answer -> answer.path("cycles").asInt() >= 2);
            assertThat(status.path("sources").size()).isEqualTo(2);
            status.path("sources").forEach(source -> {
                assertThat(source.path("trouble").asText()).isEmpty();
                assertThat(source.path("staleSince").isNull()).isTrue();
                assertThat(source.path("gaps").toString()).doesNotContainIgnoringCase("forbidden", "grant");
            });
        }
        boolean applied = mode == Mode.APPLY;
        assertThat(pair.client()
                        .apps()
                        .deployments()
                        .withName("web")
                        .get()
                        .getSpec()
                        .getReplicas())
                .isEqualTo(applied ? 3 : 2);
        assertThat(pair.web())
                .filteredOn(pod -> before.contains(pod.getMetadata().getUid()))
                .hasSize(2)
                .allSatisfy(pod -> assertThat(memoryRequest(pod))
                        .isEqualTo(new Quantity(applied ? String.valueOf(RealPair.MEMORY_NEEDED) : "2Gi")));

        try (KubernetesClient client = as(kubeconfig)) {
            for (Attempt attempt : Attempt.all(
                    testbed.namespace(), pair.web().getFirst().getMetadata().getName())) {
                int code = code(client, attempt);
                boolean allowed =
                        attempt.from().filter(from -> mode.compareTo(from) >= 0).isPresent();
                if (allowed) assertThat(code).as("%s", attempt).isNotIn(401, 403);
                else assertThat(code).as("%s", attempt).isEqualTo(403);
            }
            assertThat(writes(client)).isEqualTo(writes(mode));
        }
    }

    @Test
    void secretsAreReadOnlyWhereTheValuesSaySo() throws Exception {
        Path kubeconfig = install("triggers.secretNamespaces={" + testbed.namespace() + "}");
        try (KubernetesClient client = as(kubeconfig)) {
            assertThat(get(client, testbed.namespace(), "secrets/any")).isEqualTo(404);
            assertThat(get(client, testbed.namespace(), "configmaps/any")).isEqualTo(404);
            assertThat(get(client, testbed.namespace(), "secrets")).isEqualTo(403);
            assertThat(get(client, "kube-system", "secrets/any")).isEqualTo(403);
        }
        kubectl("delete", "-f", folder.resolve("rights.yaml").toString()).orFail();
        kubeconfig = install("triggers.secretsClusterWide=true");
        try (KubernetesClient client = as(kubeconfig)) {
            assertThat(get(client, "kube-system", "secrets/any")).isEqualTo(404);
            assertThat(get(client, "kube-system", "secrets")).isEqualTo(403);
        }
    }

    /** @return a kubeconfig with the account's token */
    private Path install(String values) throws Exception {
        String yaml = manifests
                .template(
                        testbed.namespace(),
                        "--set",
                        values,
                        "--show-only",
                        "templates/serviceaccount.yaml",
                        "--show-only",
                        "templates/rbac.yaml")
                .orFail();
        Path file = Files.writeString(folder.resolve("rights.yaml"), yaml);
        kubectl("apply", "-f", file.toString()).orFail();
        return testbed.kubeconfigOf("trimtab");
    }

    private static KubernetesClient as(Path kubeconfig) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build();
    }

    private static int get(KubernetesClient client, String namespace, String what) throws Exception {
        return code(client, Attempt.never("GET", "/api/v1/namespaces/%s/%s".formatted(namespace, what), ""));
    }

    private static int code(KubernetesClient client, Attempt attempt) throws Exception {
        String uri = client.getMasterUrl().toString().replaceAll("/$", "") + attempt.path();
        HttpRequest.Builder request =
                client.getHttpClient().newHttpRequestBuilder().uri(uri);
        if (!attempt.method().equals("GET")) request.method(attempt.method(), attempt.contentType(), attempt.body());
        return client.getHttpClient()
                .sendAsync(request.build(), String.class)
                .get(30, TimeUnit.SECONDS)
                .code();
    }

    /** What the API server itself says that the token may do besides reading and asking about itself. */
    private Set<String> writes(KubernetesClient client) {
        var review = client.authorization()
                .v1()
                .selfSubjectRulesReview()
                .create(new SelfSubjectRulesReviewBuilder()
                        .withNewSpec()
                        .withNamespace(testbed.namespace())
                        .endSpec()
                        .build());
        assertThat(review.getStatus().getIncomplete()).isFalse();
        Set<String> writes = new TreeSet<>();
        review.getStatus().getResourceRules().forEach(rule -> {
            for (String group : rule.getApiGroups())
                for (String resource : rule.getResources())
                    for (String verb : rule.getVerbs())
                        if (!READING.contains(verb) && !resource.startsWith("selfsubject"))
                            writes.add("%s %s/%s".formatted(verb, group, resource));
        });
        review.getStatus()
                .getNonResourceRules()
                .forEach(rule -> assertThat(rule.getVerbs()).containsOnly("get"));
        return writes;
    }

    private static Set<String> writes(Mode mode) {
        Set<String> writes = new TreeSet<>();
        if (mode.compareTo(Mode.RECOMMEND) >= 0)
            writes.addAll(List.of(
                    "patch keda.sh/scaledobjects/status",
                    "patch trimtab.io/clusterscalingpolicies/status",
                    "patch trimtab.io/scalingpolicies/status"));
        if (mode == Mode.APPLY)
            writes.addAll(List.of(
                    "patch /pods/resize",
                    "patch apps/deployments/scale",
                    "patch apps/replicasets/scale",
                    "patch apps/statefulsets/scale",
                    "patch argoproj.io/rollouts/scale",
                    "patch autoscaling/horizontalpodautoscalers"));
        return writes;
    }

    private static List<JsonNode> items(JsonNode page) {
        return StreamSupport.stream(page.path("items").spliterator(), false).toList();
    }

    private static Quantity memoryRequest(Pod pod) {
        return pod.getSpec()
                .getContainers()
                .getFirst()
                .getResources()
                .getRequests()
                .get("memory");
    }

    private Binaries.Run kubectl(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("--kubeconfig", testbed.kubeconfig().toString()));
        command.addAll(List.of(arguments));
        return manifests.binaries().run("kubectl", command);
    }
}
