package io.trimtab.service.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.trimtab.service.testbed.Binaries;
import io.trimtab.service.testbed.PeerCrds;
import io.trimtab.service.testbed.Testbed;
import io.trimtab.service.testbed.WithTestbed;
import io.trimtab.service.tls.MadeCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A real API server takes every object, each field known to it, without a word of warning; the namespace lets only restricted pods run. Kinds
 * of other projects are there as their projects define them.
 */
@WithTestbed
class AcceptedTest {
    private static final Map<String, String> RESTRICTED =
            Map.of("pod-security.kubernetes.io/enforce", "restricted", "pod-security.kubernetes.io/warn", "restricted");

    private static final List<Path> CRDS = new ArrayList<>();
    private static Manifests manifests;
    private static Testbed testbed;

    @BeforeAll
    static void prepare(Testbed fresh) throws Exception {
        testbed = fresh;
        manifests = Manifests.find();
        for (String kind : List.of("servicemonitors", "prometheusrules"))
            CRDS.add(PeerCrds.file(
                    "prometheus-operator",
                    "example/prometheus-operator-crd/monitoring.coreos.com_%s.yaml".formatted(kind)));
        for (String kind : List.of("certificates", "issuers"))
            CRDS.add(PeerCrds.file("cert-manager", "deploy/crds/cert-manager.io_%s.yaml".formatted(kind)));
        for (Path crd : CRDS)
            kubectl("apply", "--server-side", "-f", crd.toString()).orFail();
        for (Path crd : CRDS)
            kubectl("wait", "--for=condition=Established", "-f", crd.toString()).orFail();
        try (KubernetesClient client = fresh.client()) {
            client.namespaces()
                    .withName(fresh.namespace())
                    .edit(namespace -> new NamespaceBuilder(namespace)
                            .editMetadata()
                            .addToLabels(RESTRICTED)
                            .endMetadata()
                            .build());
            client.namespaces()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName("trimtab")
                            .withLabels(RESTRICTED)
                            .endMetadata()
                            .build())
                    .createOr(NonDeletingOperation::update);
        }
    }

    @AfterAll
    static void removeKinds() throws Exception {
        for (Path crd : CRDS) kubectl("delete", "-f", crd.toString()).orFail();
        kubectl("delete", "namespace", "trimtab", "--wait=false").orFail();
    }

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        defaults                        |
        Observe                         | --set mode=Observe
        Apply                           | --set mode=Apply
        everything                      | --values EVERYTHING
        everything, Observe             | --values EVERYTHING --set mode=Observe
        everything, cert-manager        | --values EVERYTHING --set externalMetrics.certificate=CertManager
        everything, issuer of your own  | --values EVERYTHING --set externalMetrics.certificate=CertManager,externalMetrics.issuerRef.kind=ClusterIssuer,externalMetrics.issuerRef.name=internal
        everything, your certificate    | --values EVERYTHING --set externalMetrics.certificate=Secret,externalMetrics.secretName=ours --set-file externalMetrics.caBundle=AUTHORITY
        your claim                      | --set state.persistence.enabled=true,state.persistence.existingClaim=ours
        your account, your rights       | --values EVERYTHING --set serviceAccount.create=false,serviceAccount.name=ours,rbac.create=false
        image by digest, another name   | --set image.digest=sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef,fullnameOverride=tt
        """)
    void theApiServerTakesTheChart(String name, String arguments) throws Exception {
        String[] given = arguments == null ? new String[0] : arguments.split(" ");
        Path authority = Files.writeString(
                folder.resolve("authority.pem"),
                MadeCertificate.of(List.of("trimtab"), InstantSource.system().instant())
                        .authority());
        String yaml = manifests
                .template(
                        testbed.namespace(),
                        Arrays.stream(given)
                                .map(argument -> argument.replace(
                                                "EVERYTHING",
                                                Manifests.everything().toString())
                                        .replace("AUTHORITY", authority.toString()))
                                .toArray(String[]::new))
                .orFail();
        Binaries.Run dryRun = dryRun(yaml);
        assertThat(dryRun.exitCode()).as(dryRun.err()).isZero();
        assertThat(dryRun.err()).isEmpty();
        assertThat(dryRun.out().lines().count())
                .isEqualTo(Manifests.objects(yaml).size());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"base", "overlays/observe", "overlays/apply", "overlays/external-metrics"})
    void theApiServerTakesTheKustomizeFolder(String kustomization) throws Exception {
        Binaries.Run dryRun = dryRun(manifests.kustomize(kustomization));
        assertThat(dryRun.exitCode()).as(dryRun.err()).isZero();
        assertThat(dryRun.err()).isEmpty();
    }

    /** So that silence above means something. */
    @Test
    void whatIsNotAsItShouldBeIsSaid() throws Exception {
        String yaml = manifests.template(testbed.namespace()).orFail();
        Binaries.Run root = dryRun(yaml.replace("runAsNonRoot: true", "runAsNonRoot: false"));
        assertThat(root.exitCode()).isNotZero();
        assertThat(root.err()).contains("Warning: would violate PodSecurity", "runAsNonRoot");
        Binaries.Run unknown = dryRun(yaml.replace("enableServiceLinks", "enableServiceLink"));
        assertThat(unknown.exitCode()).isNotZero();
        assertThat(unknown.err()).contains("enableServiceLink");
    }

    private Binaries.Run dryRun(String yaml) throws Exception {
        Path file = Files.writeString(folder.resolve("objects.yaml"), yaml);
        return kubectl(
                "apply",
                "--server-side",
                // Other tests install the same definitions under another name.
                "--force-conflicts",
                "--dry-run=server",
                "--validate=strict",
                "--warnings-as-errors",
                "-f",
                file.toString());
    }

    private static Binaries.Run kubectl(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("--kubeconfig", testbed.kubeconfig().toString()));
        command.addAll(List.of(arguments));
        return manifests.binaries().run("kubectl", command);
    }
}
