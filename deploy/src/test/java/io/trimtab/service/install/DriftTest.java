package io.trimtab.service.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.house.House;
import io.trimtab.service.testbed.Binaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is committed is what {@code bin/manifests} makes now, and each Kustomize folder gives what the chart gives. */
class DriftTest {
    private static final String RENDERED = "# Rendered from deploy/helm/trimtab by bin/manifests; change it there.";

    /** Labels that only Helm may set. */
    private static final List<String> OF_HELM = List.of("helm.sh/chart", "app.kubernetes.io/managed-by");

    private static Manifests manifests;

    @TempDir
    private Path folder;

    @BeforeAll
    static void find() throws Exception {
        manifests = Manifests.find();
    }

    @Test
    void whatIsCommittedIsWhatTheCommandMakes() throws Exception {
        Process process = new ProcessBuilder(
                        House.root().resolve("bin/manifests").toString(), "--to", folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("said")))
                .isZero();

        assertThat(files(Manifests.CHART))
                .as("run bin/manifests")
                .isEqualTo(files(folder.resolve("deploy/helm/trimtab")));
        Map<String, String> committed = files(Manifests.KUSTOMIZE);
        committed.values().removeIf(text -> !text.startsWith(RENDERED));
        assertThat(committed).as("run bin/manifests").isEqualTo(files(folder.resolve("deploy/kustomize")));
    }

    @Test
    void theChartShipsWhatLiesElsewhere() throws IOException {
        Path dashboards = House.root().resolve("dashboards");
        Map<String, String> grafana = files(dashboards.resolve("grafana"));
        grafana.keySet().removeIf(name -> name.startsWith("provisioning/"));
        assertThat(files(Manifests.CHART.resolve("files/dashboards"))).isEqualTo(grafana);
        assertThat(Manifests.CHART.resolve("files/alerts.yaml"))
                .hasSameTextualContentAs(dashboards.resolve("alerts/trimtab.yaml"));
        Map<String, String> crds = files(House.root().resolve("deploy/crds"));
        crds.keySet().removeIf(name -> !name.endsWith(".yaml"));
        assertThat(files(Manifests.CHART.resolve("crds"))).isEqualTo(crds);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        base                      | mode=Recommend
        overlays/observe          | mode=Observe
        overlays/apply            | mode=Apply
        overlays/external-metrics | externalMetrics.enabled=true,externalMetrics.certificate=CertManager
        """)
    void aKustomizeFolderGivesWhatTheChartGives(String kustomization, String values) throws Exception {
        Binaries.Run chart = manifests.template("trimtab", "--include-crds", "--set", values);
        Map<String, Object> ofKustomize = byName(manifests.kustomize(kustomization));
        assertThat(ofKustomize.remove("Namespace/trimtab")).isNotNull();
        assertThat(ofKustomize).isEqualTo(byName(chart.orFail()));
    }

    /** Two overlays in one: the component changes nothing that the overlay has set. */
    @Test
    void theDocumentedKustomizationGivesWhatTheChartGives() throws Exception {
        Files.writeString(
                folder.resolve("kustomization.yaml"), InstallGuide.block("yaml").getFirst());
        copy(Manifests.KUSTOMIZE, folder.resolve("deploy/kustomize"));
        Map<String, Object> documented = byName(manifests
                .binaries()
                .run("kubectl", List.of("kustomize", folder.toString()))
                .orFail());
        documented.remove("Namespace/trimtab");
        assertThat(documented)
                .isEqualTo(byName(manifests
                        .template(
                                "trimtab",
                                "--include-crds",
                                "--set",
                                "mode=Apply,state.persistence.enabled=true,opencost.enabled=true,externalMetrics.enabled=true,externalMetrics.certificate=CertManager,"
                                    + "prometheus.url=http://prometheus.monitoring.svc:9090,"
                                    + "image.repository=registry.example.org/trimtab,image.tag=0.1.0")
                        .orFail()));
    }

    /** Objects by kind, namespace and name; lists of named things in the order of the names. */
    private static Map<String, Object> byName(String yaml) {
        Map<String, Object> byName = new TreeMap<>();
        for (Map<String, Object> object : Manifests.objects(yaml)) {
            Map<String, Object> metadata = Manifests.map(object.get("metadata"));
            Object namespace = metadata.get("namespace");
            String name = (namespace == null ? "" : namespace + "/") + metadata.get("name");
            byName.put(object.get("kind") + "/" + name, sorted(object));
        }
        return byName;
    }

    private static Object sorted(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> sorted = new LinkedHashMap<>();
            for (Object key :
                    new TreeSet<>(map.keySet().stream().map(String::valueOf).toList()))
                if (!OF_HELM.contains(key)) sorted.put(key, sorted(map.get(key)));
            return sorted;
        }
        if (value instanceof List<?> list) {
            List<Object> sorted =
                    new ArrayList<>(list.stream().map(DriftTest::sorted).toList());
            boolean named = sorted.stream().allMatch(item -> item instanceof Map<?, ?> map && map.containsKey("name"));
            if (named)
                sorted.sort(Comparator.comparing(
                        item -> String.valueOf(Manifests.map(item).get("name"))));
            return sorted;
        }
        return value;
    }

    /** Text by path; empty for a folder that is not there. */
    private static Map<String, String> files(Path root) throws IOException {
        Map<String, String> files = new TreeMap<>();
        if (!Files.exists(root)) return files;
        try (Stream<Path> found = Files.walk(root)) {
            for (Path file : found.filter(Files::isRegularFile).toList())
                files.put(root.relativize(file).toString(), Files.readString(file));
        }
        return files;
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Map.Entry<String, String> file : files(from).entrySet()) {
            Path target = to.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.writeString(target, file.getValue());
        }
    }
}
