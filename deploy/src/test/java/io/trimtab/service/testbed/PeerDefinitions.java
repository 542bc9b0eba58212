package io.trimtab.service.testbed;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A peer's CustomResourceDefinitions in the shared control plane: whoever removes them puts them back. */
public record PeerDefinitions(List<CustomResourceDefinition> definitions) {
    public PeerDefinitions {
        definitions = List.copyOf(definitions);
    }

    /** KEDA's; ends the test where its module cannot be had. */
    public static PeerDefinitions keda() throws IOException, InterruptedException {
        List<CustomResourceDefinition> definitions = new ArrayList<>();
        try (Stream<Path> files = Files.list(PeerCrds.file("keda", "config/crd/bases"))) {
            for (Path file : files.sorted().toList())
                definitions.add(Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class));
        }
        return new PeerDefinitions(definitions);
    }

    /** The Vertical Pod Autoscaler's; ends the test where its module cannot be had. */
    public static PeerDefinitions vpa() throws IOException, InterruptedException {
        List<CustomResourceDefinition> definitions = new ArrayList<>();
        for (String document : Files.readString(PeerCrds.file("vpa", "deploy/vpa-v1-crd-gen.yaml"))
                .split("(?m)^---$")) {
            if (!document.isBlank()) definitions.add(Serialization.unmarshal(document, CustomResourceDefinition.class));
        }
        return new PeerDefinitions(definitions);
    }

    /** Karpenter's, and CapacityBuffer, which it reads; ends the test where its module cannot be had. */
    public static PeerDefinitions karpenter() throws IOException, InterruptedException {
        return files(
                "karpenter",
                "pkg/apis/crds/",
                List.of("karpenter.sh_nodepools", "karpenter.sh_nodeoverlays", "autoscaling.x-k8s.io_capacitybuffers"));
    }

    /** Cluster API's; ends the test where its module cannot be had. */
    public static PeerDefinitions clusterApi() throws IOException, InterruptedException {
        return files(
                "cluster-api",
                "core/config/crd/bases/",
                List.of("cluster.x-k8s.io_machinedeployments", "cluster.x-k8s.io_machines"));
    }

    private static PeerDefinitions files(String peer, String folder, List<String> names)
            throws IOException, InterruptedException {
        List<CustomResourceDefinition> definitions = new ArrayList<>();
        for (String name : names)
            definitions.add(Serialization.unmarshal(
                    Files.readString(PeerCrds.file(peer, folder + name + ".yaml")), CustomResourceDefinition.class));
        return new PeerDefinitions(definitions);
    }

    /** One that takes any fields, for kinds whose own cannot be had. */
    public static CustomResourceDefinition byName(String group, String version, String kind, String scope) {
        String singular = kind.toLowerCase(Locale.ROOT);
        return new CustomResourceDefinitionBuilder()
                .withNewMetadata()
                .withName(singular + "s." + group)
                // Its group is one of those that the API server guards.
                .addToAnnotations("api-approved.kubernetes.io", "unapproved, a test")
                .endMetadata()
                .withNewSpec()
                .withGroup(group)
                .withScope(scope)
                .withNewNames()
                .withKind(kind)
                .withPlural(singular + "s")
                .withSingular(singular)
                .endNames()
                .addNewVersion()
                .withName(version)
                .withServed(true)
                .withStorage(true)
                .withNewSchema()
                .withNewOpenAPIV3Schema()
                .withType("object")
                .withXKubernetesPreserveUnknownFields(true)
                .endOpenAPIV3Schema()
                .endSchema()
                .endVersion()
                .endSpec()
                .build();
    }

    /** Installs what is not there; returns when all are served. */
    public void install(KubernetesClient client) {
        for (CustomResourceDefinition definition : definitions)
            client.resource(definition).fieldManager("testbed").forceConflicts().serverSideApply();
        for (CustomResourceDefinition definition : definitions)
            client.resource(definition).waitUntilCondition(PeerDefinitions::isEstablished, 30, TimeUnit.SECONDS);
    }

    /** Removes them and every object of theirs; returns when they are gone. */
    public void remove(KubernetesClient client) {
        Definitions.remove(client, definitions);
    }

    private static boolean isEstablished(@Nullable CustomResourceDefinition definition) {
        if (definition == null || definition.getStatus() == null) return false;
        // A server-side apply may answer with a status that has no conditions yet.
        List<CustomResourceDefinitionCondition> conditions =
                definition.getStatus().getConditions();
        return conditions != null
                && conditions.stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }
}
