package io.trimtab.service.testbed;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Removes definitions whether or not the API server is quick about it. */
final class Definitions {
    private Definitions() {}

    /**
     * Returns when they are gone, and every object of theirs. The API server backs off for minutes where it could not empty a kind's storage at first; after 20 s nobody waits for
     * that any more.
     */
    static void remove(KubernetesClient client, List<CustomResourceDefinition> definitions) {
        definitions.forEach(definition -> client.resource(definition).delete());
        for (CustomResourceDefinition definition : definitions) {
            Resource<CustomResourceDefinition> resource = client.resource(definition);
            try {
                resource.waitUntilCondition(Objects::isNull, 20, TimeUnit.SECONDS);
            } catch (KubernetesClientTimeoutException backsOff) {
                if (resource.get() != null)
                    resource.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
                resource.waitUntilCondition(Objects::isNull, 30, TimeUnit.SECONDS);
            }
        }
    }
}
