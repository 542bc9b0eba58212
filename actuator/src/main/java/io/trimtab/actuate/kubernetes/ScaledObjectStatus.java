package io.trimtab.actuate.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the status of KEDA's ScaledObjects, in KEDA's words, where Trimtab is the one that scales them. */
public final class ScaledObjectStatus {
    private static final ResourceDefinitionContext SCALED_OBJECTS = new ResourceDefinitionContext.Builder()
            .withGroup("keda.sh")
            .withVersion("v1alpha1")
            .withKind("ScaledObject")
            .withPlural("scaledobjects")
            .withNamespaced(true)
            .build();

    private final KubernetesClient client;

    /** @param client stays the caller's: it is not closed here */
    public ScaledObjectStatus(KubernetesClient client) {
        this.client = client;
    }

    /**
     * @param conditions all of them: what was there is replaced
     * @return why it was refused; empty where it is written, or where the object is gone
     */
    public Optional<String> write(
            String namespace, String name, List<StatusCondition> conditions, Optional<Instant> lastActive) {
        Map<String, Object> status = new HashMap<>();
        status.put("conditions", conditions);
        lastActive.ifPresent(at ->
                status.put("lastActiveTime", at.truncatedTo(ChronoUnit.SECONDS).toString()));
        PatchContext merge = new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager(ClusterWrites.FIELD_MANAGER)
                .build();
        try {
            client.genericKubernetesResources(SCALED_OBJECTS)
                    .inNamespace(namespace)
                    .withName(name)
                    .subresource("status")
                    .patch(merge, client.getKubernetesSerialization().asJson(Map.of("status", status)));
            return Optional.empty();
        } catch (KubernetesClientException e) {
            if (Words.isGone(e)) return Optional.empty();
            return Optional.of(Words.why(e, "scaledobjects/status"));
        }
    }
}
