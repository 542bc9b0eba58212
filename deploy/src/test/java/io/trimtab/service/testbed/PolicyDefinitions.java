package io.trimtab.service.testbed;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.trimtab.house.House;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The definitions of {@code deploy/crds}; once installed they stay, as in any cluster, until a test removes them. */
public final class PolicyDefinitions {
    private static final int TRIES = 600;

    private PolicyDefinitions() {}

    /** Returns when the API server serves both kinds. */
    public static void install(KubernetesClient client) throws IOException {
        for (Path file : files()) {
            CustomResourceDefinition definition = client.getKubernetesSerialization()
                    .unmarshal(Files.readString(file), CustomResourceDefinition.class);
            client.resource(definition).createOr(there -> there.update());
            client.resource(definition).waitUntilCondition(PolicyDefinitions::isServed, 30, TimeUnit.SECONDS);
        }
        // What is established may be found by discovery a moment later.
        for (int i = 0; !isDiscovered(client) && i < TRIES; i++)
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }

    private static boolean isDiscovered(KubernetesClient client) {
        APIResourceList known = client.getApiResources("trimtab.io/v1alpha1");
        return known != null
                && known.getResources().stream()
                        .map(APIResource::getName)
                        .toList()
                        .containsAll(List.of("scalingpolicies", "clusterscalingpolicies"));
    }

    /** Returns when both are gone, and all policies with them. */
    public static void remove(KubernetesClient client) throws IOException {
        List<CustomResourceDefinition> definitions = new ArrayList<>();
        for (Path file : files())
            definitions.add(client.getKubernetesSerialization()
                    .unmarshal(Files.readString(file), CustomResourceDefinition.class));
        Definitions.remove(client, definitions);
    }

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(House.root().resolve("deploy/crds"))) {
            return files.sorted().toList();
        }
    }

    private static boolean isServed(CustomResourceDefinition definition) {
        return definition != null
                && definition.getStatus() != null
                && definition.getStatus().getConditions() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }
}
