package io.trimtab.service.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trimtab.house.House;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One file of {@code dashboards/grafana}. */
record Dashboard(String file, String text, JsonNode json) {
    /** {@code $name}, {@code ${name}} or {@code ${name:format}}. */
    static final Pattern VARIABLE = Pattern.compile("\\$(?:(\\w+)|\\{([\\w.]+)(?::\\w+)?})");

    /** All of them, in the order of their names. */
    static List<Dashboard> all() throws IOException {
        List<Dashboard> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(House.root().resolve("dashboards/grafana"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                String text = Files.readString(file);
                found.add(new Dashboard(file.getFileName().toString(), text, new JsonMapper().readTree(text)));
            }
        }
        return found;
    }

    /** Those that show something: rows only head others. */
    List<JsonNode> panels() {
        return json.path("panels")
                .valueStream()
                .filter(panel -> !panel.path("type").asText().equals("row"))
                .toList();
    }

    List<JsonNode> variables() {
        return json.at("/templating/list").valueStream().toList();
    }

    /** The text of each link: of the dashboard, of its panels, of their fields. */
    List<String> links() {
        return json.findValuesAsText("url").stream()
                .filter(url -> !url.isEmpty())
                .toList();
    }

    String nameOf(JsonNode panel) {
        return file + ", " + panel.path("title").asText();
    }

    @Override
    public String toString() {
        return file;
    }
}
