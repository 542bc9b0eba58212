package io.trimtab.service.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.ingest.model.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.Yaml;

/** docs/install.md says what the chart does. */
class InstallGuideTest {
    private static final int FIRST_MODE = 2;

    @ParameterizedTest(name = "{0}")
    @EnumSource(Mode.class)
    void theTableOfRightsIsTheRoleOfEachMode(Mode mode) throws Exception {
        Set<String> documented = new TreeSet<>();
        for (List<String> row : InstallGuide.table("resource"))
            for (String resource : InstallGuide.code(row.getFirst()))
                for (String group : row.get(1).split(", "))
                    for (String verb : row.get(FIRST_MODE + mode.ordinal()).split(" "))
                        if (!verb.isEmpty())
                            documented.add(right(verb, group.equals("core") ? "" : group.replace("`", ""), resource));

        String yaml = Manifests.find()
                .template("trimtab", "--set", "mode=" + mode, "--show-only", "templates/rbac.yaml")
                .orFail();
        Set<String> granted = new TreeSet<>();
        Map<String, Object> role = Manifests.only(Manifests.objects(yaml), "ClusterRole");
        for (Map<String, Object> rule : Manifests.maps(role.get("rules")))
            for (Object group : (List<?>) rule.getOrDefault("apiGroups", List.of("")))
                for (Object resource : (List<?>) rule.getOrDefault("resources", rule.get("nonResourceURLs")))
                    for (Object verb : (List<?>) rule.get("verbs")) granted.add(right(verb, group, resource));
        assertThat(documented).isEqualTo(granted);
    }

    @Test
    void eachValueThatItNamesExists() throws IOException {
        Map<String, Object> values = new Yaml().load(Files.readString(Manifests.CHART.resolve("values.yaml")));
        List<String> named = InstallGuide.table("value").stream()
                .flatMap(row -> row.stream().limit(3))
                .flatMap(cell -> InstallGuide.code(cell).stream())
                .filter(Pattern.compile("[a-z]\\w+(\\.[a-z]\\w+)+|[a-z][a-zA-Z]+")
                        .asMatchPredicate())
                .filter(value -> !Set.of("false", "true").contains(value))
                .toList();
        assertThat(named)
                .hasSizeGreaterThan(20)
                .allSatisfy(value -> assertThat(isIn(values, value)).as(value).isTrue());
    }

    private static boolean isIn(Map<String, Object> values, String path) {
        Object here = values;
        for (String key : path.split("\\.")) {
            if (!(here instanceof Map<?, ?> map) || !map.containsKey(key)) return false;
            here = map.get(key);
        }
        return true;
    }

    private static String right(Object verb, Object group, Object resource) {
        return "%s %s/%s".formatted(verb, group, resource);
    }
}
