package io.trimtab.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.house.House;
import io.trimtab.service.Served;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/metrics.md} lists exactly what a running Trimtab exposes: name, type, labels and help. */
class MetricsDocumentTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(trimtab_\\w+)` \\| (\\w+) \\| (.*?) ?\\| (.+) \\|$");
    private static final Pattern HELP = Pattern.compile("(?m)^# HELP (\\w+) (.+)$");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    @Test
    void theDocumentListsExactlyWhatIsExposed() throws Exception {
        try (Served demo = Served.readyDemo()) {
            String exposed = demo.get("/metrics").body();
            assertThat(documented()).isEqualTo(described(exposed));
            assertThat(groups(TYPE, exposed).keySet())
                    .as("the document names these groups")
                    .allMatch(name ->
                            name.startsWith("trimtab_") || name.startsWith("jvm_") || name.startsWith("process_"));
        }
    }

    private static SortedMap<String, String> documented() throws Exception {
        String document = Files.readString(House.root().resolve("docs/metrics.md"));
        SortedMap<String, String> rows = new TreeMap<>();
        for (MatchResult row : ROW.matcher(document).results().toList()) {
            String labels = Arrays.stream(row.group(3).replace("`", "").split(", "))
                    .sorted()
                    .collect(Collectors.joining(", "));
            assertThat(rows.put(row.group(1), "%s | %s | %s".formatted(row.group(2), labels, row.group(4))))
                    .as("%s is listed once", row.group(1))
                    .isNull();
        }
        return rows;
    }

    private static SortedMap<String, String> described(String exposed) {
        Map<String, String> types = groups(TYPE, exposed);
        SortedMap<String, String> found = new TreeMap<>();
        groups(HELP, exposed).forEach((name, help) -> {
            if (!name.startsWith("trimtab_")) return;
            found.put(name, "%s | %s | %s".formatted(types.get(name), labels(name, exposed), help));
        });
        return found;
    }

    private static Map<String, String> groups(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));
    }

    /** Of the samples of a family; the bounds of a histogram are not a label that a user would ask for. */
    private static String labels(String family, String exposed) {
        Pattern sample = Pattern.compile("(?m)^" + family + "(?:_bucket|_count|_sum)?(?:\\{(.*)})? ");
        List<MatchResult> samples = sample.matcher(exposed).results().toList();
        assertThat(samples).as("samples of " + family).isNotEmpty();
        TreeSet<String> names = samples.stream()
                .filter(match -> match.group(1) != null)
                .flatMap(match -> LABEL.matcher(match.group(1)).results())
                .map(label -> label.group(1))
                .filter(label -> !label.equals("le"))
                .collect(Collectors.toCollection(TreeSet::new));
        return String.join(", ", names);
    }
}
