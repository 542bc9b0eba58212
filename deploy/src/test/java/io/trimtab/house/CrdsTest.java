package io.trimtab.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.trimtab.ingest.kubernetes.policy.ClusterScalingPolicy;
import io.trimtab.ingest.kubernetes.policy.ScalingPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The custom resource definitions are those of the records that read the objects; {@link #main} is {@code bin/crds}. */
class CrdsTest {
    private static final String FIRST_LINE =
            "# Made by bin/crds from the records of io.trimtab.ingest.kubernetes.policy.\n";

    private static final Pattern BOUND = Pattern.compile("((?:min|max)imum: )([-+.0-9eE]+)");

    @Test
    void theCommittedDefinitionsAreThoseOfTheRecords() throws IOException {
        for (Map.Entry<String, String> definition : definitions().entrySet())
            assertThat(folder().resolve(definition.getKey())).as("run bin/crds").hasContent(definition.getValue());
    }

    /** Every field of the schema is in the guide's example, and the example has no other. */
    @Test
    void theExampleOfTheGuideHasEveryField() throws IOException {
        JsonMapper json = new JsonMapper();
        JsonNode schema = json.valueToTree(
                        new Yaml().<Map<String, Object>>load(definitions().get("scalingpolicies.trimtab.io.yaml")))
                .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
        Matcher example = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(House.root().resolve("docs/policies.md")));
        assertThat(example.find()).isTrue();
        JsonNode written = json.valueToTree(new Yaml().<Map<String, Object>>load(example.group(1)))
                .path("spec");
        Set<String> described = new TreeSet<>();
        described(schema, "spec", described);
        Set<String> shown = new TreeSet<>();
        shown(written, schema, "spec", shown);
        assertThat(shown).isEqualTo(described);
    }

    private static void described(JsonNode schema, String path, Set<String> leaves) {
        if (schema.has("items")) described(schema.path("items"), path, leaves);
        else if (schema.has("properties"))
            schema.path("properties")
                    .properties()
                    .forEach(field -> described(field.getValue(), path + "." + field.getKey(), leaves));
        else leaves.add(path);
    }

    private static void shown(JsonNode value, JsonNode schema, String path, Set<String> leaves) {
        if (schema.has("items")) value.forEach(item -> shown(item, schema.path("items"), path, leaves));
        else if (schema.has("properties"))
            value.properties()
                    .forEach(field -> shown(
                            field.getValue(),
                            schema.path("properties").path(field.getKey()),
                            path + "." + field.getKey(),
                            leaves));
        else leaves.add(path);
    }

    /** Writes them. */
    public static void main(String[] args) throws IOException {
        Files.createDirectories(folder());
        for (Map.Entry<String, String> definition : definitions().entrySet())
            Files.writeString(folder().resolve(definition.getKey()), definition.getValue());
    }

    private static Path folder() {
        return House.root().resolve("deploy/crds");
    }

    /** By file name. */
    private static Map<String, String> definitions() {
        Map<String, ByteArrayOutputStream> written = new TreeMap<>();
        new CRDGenerator()
                .customResourceClasses(ScalingPolicy.class, ClusterScalingPolicy.class)
                .withPostProcessor(new Finishing())
                .withOutput(new InMemory(written))
                .generate();
        Map<String, String> files = new TreeMap<>();
        written.forEach((name, bytes) -> files.put(
                name.replaceFirst("-v1$", ".yaml"),
                FIRST_LINE + wholeNumbers(bytes.toString(StandardCharsets.UTF_8).replaceFirst("^#[^\n]*\n", ""))));
        return files;
    }

    /** A bound such as 2.147483647E9 is text to some readers of YAML. */
    private static String wholeNumbers(String yaml) {
        return BOUND.matcher(yaml)
                .replaceAll(bound -> bound.group(1)
                        + new BigDecimal(bound.group(2)).stripTrailingZeros().toPlainString());
    }

    /** What no annotation says, such as the order of the columns, a default for an absent spec, and what tells conditions apart. */
    private static final class Finishing implements CRDPostProcessor {
        private static final List<String> COLUMNS = List.of("Mode", "Workloads", "Saving", "Ready", "Age");

        @Override
        public HasMetadata process(HasMetadata definition, String version) {
            CustomResourceDefinitionVersion only = ((CustomResourceDefinition) definition)
                    .getSpec()
                    .getVersions()
                    .getFirst();
            only.getAdditionalPrinterColumns().sort(Comparator.comparing(column -> COLUMNS.indexOf(column.getName())));
            Map<String, JSONSchemaProps> properties =
                    only.getSchema().getOpenAPIV3Schema().getProperties();
            properties.get("spec").setDefault(JsonNodeFactory.instance.objectNode());
            // The generator writes a whole number of this type with a YAML tag.
            properties
                    .get("spec")
                    .getProperties()
                    .get("acts")
                    .getProperties()
                    .get("minSavingPerMonth")
                    .setDefault(JsonNodeFactory.instance.numberNode(0));
            JSONSchemaProps conditions =
                    properties.get("status").getProperties().get("conditions");
            conditions.setXKubernetesListType("map");
            conditions.setXKubernetesListMapKeys(List.of("type"));
            conditions.getItems().getSchema().setRequired(List.of("type"));
            return definition;
        }
    }

    private record InMemory(Map<String, ByteArrayOutputStream> written)
            implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
        @Override
        public ByteArrayOutputStream outputFor(String name) {
            return written.computeIfAbsent(name, unseen -> new ByteArrayOutputStream());
        }

        @Override
        public void close() {}
    }
}
