package io.trimtab.service.explain;

import io.trimtab.service.view.RecommendationView;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How people write a recommendation themselves. */
final class ByHand {
    /** The API server patches their containers one by one; of a custom resource a patch would replace the whole list, images and all. */
    private static final Set<String> PATCHED =
            Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob");

    /** By kind alone kubectl takes a Service for the core one, which Knative makes under the same name. */
    private static final Map<String, String> KNATIVE =
            Map.of("Service", "services.serving.knative.dev", "Configuration", "configurations.serving.knative.dev");

    private ByHand() {}

    static String words(RecommendationView it) {
        String kind = KNATIVE.getOrDefault(it.workloadKind(), it.workloadKind().toLowerCase(Locale.ROOT));
        String object = "%s %s --namespace %s".formatted(kind, it.workload(), it.namespace());
        return PATCHED.contains(it.workloadKind())
                ? "By hand: save this as patch.yaml, then kubectl patch %s --patch-file patch.yaml".formatted(object)
                : "By hand: write this with kubectl edit %s".formatted(object);
    }
}
