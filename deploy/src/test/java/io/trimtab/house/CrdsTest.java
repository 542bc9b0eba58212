package io.trimtab.house;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The custom resource definitions are those of the records that read the objects; {@link #main} is {@code bin/crds}. */
class CrdsTest {
    private static final String FIRST_LINE =
            "# Made by bin/crds from the records of io.trimtab.ingest.kubernetes.policy.\n";

    @Test
    void theCommittedDefinitionsAreThoseOfTheRecords() throws IOException {
        for (Map.Entry<String, String> definition : definitions().entrySet())
            assertThat(folder().resolve(definition.getKey())).as("run bin/crds").hasContent(definition.getValue());
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
                FIRST_LINE + bytes.toString(StandardCharsets.UTF_8).replaceFirst("^#[^\n]*\n", "")));
        return files;
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
