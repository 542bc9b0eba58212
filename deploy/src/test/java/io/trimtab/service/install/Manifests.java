package io.trimtab.service.install;

import io.trimtab.house.House;
import io.trimtab.service.testbed.Binaries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** What the chart and the Kustomize folders give. */
record Manifests(Binaries binaries) {
    static final Path CHART = House.root().resolve("deploy/helm/trimtab");
    static final Path KUSTOMIZE = House.root().resolve("deploy/kustomize");
    private static final String RELEASE = "trimtab";

    static Manifests find() throws IOException, InterruptedException {
        return new Manifests(Binaries.find());
    }

    /** The values file with every option on. */
    static Path everything() {
        return House.root().resolve("deploy/src/test/resources/io/trimtab/service/install/everything.yaml");
    }

    /** @param arguments more of {@code helm template}'s */
    Binaries.Run template(String namespace, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("template", RELEASE, CHART.toString(), "--namespace", namespace));
        command.addAll(List.of(arguments));
        return binaries.run("helm", command);
    }

    /** @param folder of {@code deploy/kustomize} */
    String kustomize(String folder) throws IOException, InterruptedException {
        return binaries.run(
                        "kubectl",
                        List.of("kustomize", KUSTOMIZE.resolve(folder).toString()))
                .orFail();
    }

    /** The objects of YAML documents, empty documents left out. */
    static List<Map<String, Object>> objects(String yaml) {
        return StreamSupport.stream(new Yaml().loadAll(yaml).spliterator(), false)
                .filter(Objects::nonNull)
                .map(Manifests::map)
                .toList();
    }

    /** The only object of a kind. */
    static Map<String, Object> only(List<Map<String, Object>> objects, String kind) {
        List<Map<String, Object>> found = objects.stream()
                .filter(object -> kind.equals(object.get("kind")))
                .toList();
        if (found.size() != 1) throw new AssertionError("%d objects of kind %s".formatted(found.size(), kind));
        return found.getFirst();
    }

    /** What lies under a path of keys; a number in it is an index. */
    static Object at(Object from, Object... path) {
        Object here = from;
        for (Object key : path) {
            here = here instanceof List<?> list
                    ? list.get((Integer) key)
                    : map(here).get(key);
            if (here == null) throw new AssertionError("nothing under " + key + " of " + List.of(path));
        }
        return here;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object object) {
        return (Map<String, Object>) object;
    }

    static List<Map<String, Object>> maps(Object list) {
        return ((List<?>) list).stream().map(Manifests::map).toList();
    }
}
