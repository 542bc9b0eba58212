package io.trimtab.actuate.kubernetes;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Optional;

/** The kinds that can be written to, and where the API server has them. */
final class Kinds {
    private Kinds() {}

    /** Those with a {@code scale} subresource. */
    static Optional<ResourceDefinitionContext> scalable(String kind) {
        return switch (kind) {
            case "Deployment" -> Optional.of(context("apps", "v1", kind, "deployments"));
            case "StatefulSet" -> Optional.of(context("apps", "v1", kind, "statefulsets"));
            case "ReplicaSet" -> Optional.of(context("apps", "v1", kind, "replicasets"));
            case "Rollout" -> Optional.of(context("argoproj.io", "v1alpha1", kind, "rollouts"));
            default -> Optional.empty();
        };
    }

    /** Those that have pods under a label selector. */
    static Optional<ResourceDefinitionContext> selecting(String kind) {
        return switch (kind) {
            case "DaemonSet" -> Optional.of(context("apps", "v1", kind, "daemonsets"));
            case "Job" -> Optional.of(context("batch", "v1", kind, "jobs"));
            default -> scalable(kind);
        };
    }

    static ResourceDefinitionContext context(String group, String version, String kind, String plural) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }
}
