package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.CpuAndMemory;
import io.trimtab.ingest.model.VerticalAutoscaler;
import io.trimtab.ingest.model.WorkloadId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** VerticalPodAutoscalers, which a cluster may not have. */
final class VerticalMapping {
    static final ResourceDefinitionContext DEFINITION =
            CustomKind.definition("autoscaling.k8s.io", "v1", "verticalpodautoscalers", "VerticalPodAutoscaler", true);

    /** Where none is written; once called {@code Auto}. */
    private static final String USUAL_MODE = "Recreate";

    private VerticalMapping() {}

    static VerticalAutoscaler autoscaler(GenericKubernetesResource it) {
        String namespace = it.getMetadata().getNamespace();
        Map<String, Object> whole = it.getAdditionalProperties();
        Fields spec = fields("spec", whole.get("spec"));
        Fields target = spec.object("targetRef")
                .orElseThrow(() -> new IllegalArgumentException("spec.targetRef must be there"));
        Map<String, CpuAndMemory> targets = new LinkedHashMap<>();
        fields("status", whole.getOrDefault("status", Map.of()))
                .object("recommendation")
                .map(recommendation -> recommendation.objects("containerRecommendations"))
                .ifPresent(containers ->
                        containers.forEach(one -> targets.put(one.requiredText("containerName"), target(one))));
        return new VerticalAutoscaler(
                namespace,
                it.getMetadata().getName(),
                new WorkloadId(namespace, target.requiredText("kind"), target.requiredText("name")),
                spec.object("updatePolicy")
                        .flatMap(policy -> policy.text("updateMode"))
                        .orElse(USUAL_MODE),
                targets);
    }

    private static CpuAndMemory target(Fields recommendation) {
        Map<String, String> target = recommendation.texts("target");
        return new CpuAndMemory(
                Optional.ofNullable(target.get("cpu")).map(MilliCores::parse),
                Optional.ofNullable(target.get("memory")).map(Bytes::parse));
    }

    private static Fields fields(String path, @Nullable Object value) {
        return Fields.of(path, value, notUsed -> {});
    }
}
