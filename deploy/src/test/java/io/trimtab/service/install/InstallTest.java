package io.trimtab.service.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.trimtab.ingest.model.Mode;
import io.trimtab.service.RealPair;
import io.trimtab.service.Served;
import io.trimtab.service.config.Settings;
import io.trimtab.service.testbed.Binaries;
import io.trimtab.service.testbed.Testbed;
import io.trimtab.service.testbed.WithTestbed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Helm installs, upgrades and uninstalls; what it installed lets a Trimtab with the account's token serve metrics through the API server. */
@WithTestbed
class InstallTest {
    private static final String API_SERVICE = "v1beta1.external.metrics.k8s.io";

    private static Manifests manifests;

    @TempDir
    private Path folder;

    private Testbed testbed;
    private RealPair pair;
    private KubernetesClient client;

    @BeforeAll
    static void find() throws Exception {
        manifests = Manifests.find();
    }

    @BeforeEach
    void run(Testbed fresh) throws Exception {
        testbed = fresh;
        pair = RealPair.run(fresh, folder);
        client = pair.client();
        client.namespaces()
                .withName(fresh.namespace())
                .edit(namespace -> new NamespaceBuilder(namespace)
                        .editMetadata()
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build());
    }

    @AfterEach
    void stop() throws Exception {
        helm("uninstall", "trimtab", "--ignore-not-found");
        pair.close();
    }

    @Test
    void installsServesUpgradesAndLeavesNothing() throws Exception {
        String notes = helm(
                        "install",
                        "trimtab",
                        Manifests.CHART.toString(),
                        "--set",
                        "externalMetrics.enabled=true",
                        "--wait",
                        "--timeout",
                        "90s")
                .orFail();
        for (String command : notes.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("kubectl"))
                .toList()) {
            List<String> words = new ArrayList<>(List.of(command.split(" ")).subList(1, command.split(" ").length));
            // A forwarded port would wait for ever; that its Service is there is what can be seen.
            if (words.contains("port-forward")) words.set(words.indexOf("port-forward"), "get");
            words.removeIf(word -> word.matches("\\d+:\\d+"));
            words.addAll(0, List.of("--kubeconfig", testbed.kubeconfig().toString()));
            manifests.binaries().run("kubectl", words).orFail();
        }
        Map<String, String> certificate = certificate();
        assertThat(caBundle()).isEqualTo(certificate.get("ca.crt"));

        helm("upgrade", "trimtab", Manifests.CHART.toString(), "--reset-then-reuse-values", "--set", "mode=Apply")
                .orFail();
        assertThat(certificate()).as("kept").isEqualTo(certificate);
        assertThat(caBundle()).isEqualTo(certificate.get("ca.crt"));
        assertThat(client.apps()
                        .deployments()
                        .withName("trimtab")
                        .get()
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getEnv())
                .anySatisfy(variable -> assertThat(variable.getName() + "=" + variable.getValue())
                        .isEqualTo("TRIMTAB_MODE=Apply"));

        assertThat(metric(certificate)).contains("\"metricName\":\"trimtab-replicas\"");

        helm("uninstall", "trimtab", "--wait").orFail();
        assertThat(apiServices().withName(API_SERVICE).get()).isNull();
        assertThat(client.rbac()
                        .clusterRoles()
                        .withLabel("app.kubernetes.io/name", "trimtab")
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(client.rbac()
                        .clusterRoleBindings()
                        .withLabel("app.kubernetes.io/name", "trimtab")
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(client.rbac()
                        .roleBindings()
                        .inAnyNamespace()
                        .withLabel("app.kubernetes.io/name", "trimtab")
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(client.secrets().list().getItems()).isEmpty();
        assertThat(client.services().list().getItems()).isEmpty();
    }

    /** Asks the API server for a metric of a Trimtab that has the installed certificate and the installed account's token, and nothing else. */
    private String metric(Map<String, String> certificate) throws Exception {
        Path tls = Files.createDirectories(folder.resolve("tls"));
        for (var file : certificate.entrySet())
            Files.write(tls.resolve(file.getKey()), Base64.getDecoder().decode(file.getValue()));
        String name = "trimtab.%s.svc".formatted(testbed.namespace());
        var api = new Settings.KubeApi(0, "127.0.0.1", Optional.of(tls), List.of(name));
        var kubernetes = new Settings.Kubernetes(Optional.of(testbed.kubeconfigOf("trimtab")), Optional.of(api));
        try (Served service = Served.start(pair.settings(Mode.RECOMMEND, kubernetes))) {
            leadTo(service.kubeApiPort());
            String path =
                    "/apis/external.metrics.k8s.io/v1beta1/namespaces/%s/trimtab-replicas?labelSelector=workload%%3Dweb"
                            .formatted(testbed.namespace());
            String answer = "";
            for (int i = 0; i < 600 && !answer.contains("\"value\":\"3\""); i++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                try {
                    answer = Objects.requireNonNullElse(client.raw(path), "");
                } catch (KubernetesClientException notYet) {
                    answer = String.valueOf(notYet.getMessage());
                }
            }
            assertThat(answer).contains("\"value\":\"3\"");
            return answer;
        }
    }

    /** No address of this control plane leads to a pod, so the Service is made to lead to this machine. */
    private void leadTo(int port) {
        client.services().withName("trimtab").delete();
        client.services()
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName("trimtab")
                        .addToLabels("app.kubernetes.io/managed-by", "Helm")
                        .endMetadata()
                        .withNewSpec()
                        .withType("ExternalName")
                        .withExternalName("localhost")
                        .endSpec()
                        .build())
                .create();
        // Without the version, since the aggregator writes the status of the same object all the time.
        apiServices()
                .withName(API_SERVICE)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"service\":{\"port\":%d}}}".formatted(port));
    }

    private Map<String, String> certificate() {
        return client.secrets().withName("trimtab-tls").get().getData();
    }

    private String caBundle() {
        GenericKubernetesResource service = apiServices().withName(API_SERVICE).get();
        return (String) Manifests.at(service.getAdditionalProperties(), "spec", "caBundle");
    }

    private io.fabric8.kubernetes.client.dsl.MixedOperation<
                    GenericKubernetesResource,
                    io.fabric8.kubernetes.api.model.GenericKubernetesResourceList,
                    io.fabric8.kubernetes.client.dsl.Resource<GenericKubernetesResource>>
            apiServices() {
        return client.genericKubernetesResources("apiregistration.k8s.io/v1", "APIService");
    }

    private Binaries.Run helm(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(arguments));
        command.addAll(List.of("--kubeconfig", testbed.kubeconfig().toString(), "--namespace", testbed.namespace()));
        return manifests.binaries().run("helm", command);
    }
}
