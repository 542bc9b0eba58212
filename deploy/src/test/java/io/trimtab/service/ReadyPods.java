package io.trimtab.service;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Pods of a test are seconds old; what starting takes is no load, so no sample of them would count for minutes. */
final class ReadyPods {
    private ReadyPods() {}

    /** Lets them have been ready for an hour. */
    static void forAnHour(KubernetesClient client, List<Pod> pods) {
        Instant since =
                InstantSource.system().instant().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        // A merge by the condition's type, whatever the kubelet writes meanwhile.
        for (Pod pod : pods)
            client.pods()
                    .resource(pod)
                    .subresource("status")
                    .patch(
                            PatchContext.of(PatchType.STRATEGIC_MERGE),
                            "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"lastTransitionTime\":\"%s\"}]}}"
                                    .formatted(since));
    }
}
