package io.trimtab.service.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trimtab.house.House;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.yaml.snakeyaml.Yaml;

/** One rule of {@code dashboards/alerts/trimtab.yaml}. */
record Alert(String name, String expression, JsonNode json) {
    static Path rules() {
        return House.root().resolve("dashboards/alerts/trimtab.yaml");
    }

    static Path cases() {
        return House.root().resolve("dashboards/alerts/trimtab_test.yaml");
    }

    static List<Alert> all() throws IOException {
        return read(rules())
                .path("groups")
                .valueStream()
                .flatMap(group -> group.path("rules").valueStream())
                .map(rule ->
                        new Alert(rule.path("alert").asText(), rule.path("expr").asText(), rule))
                .toList();
    }

    static JsonNode read(Path yaml) throws IOException {
        return new JsonMapper().valueToTree(new Yaml().load(Files.readString(yaml)));
    }

    @Override
    public String toString() {
        return name;
    }
}
