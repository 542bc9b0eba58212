package io.trimtab.service.differential;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Random;

/** Makes a pod unready, pending, failed or terminating, or well again. Pods that only pretend to run stay as they are told. */
final class PodTrouble {
    private static final String HELD = "trimtab.io/held-by-a-test";
    private static final int FAILED_AT_MOST = 2;

    private PodTrouble() {}

    static void befall(KubernetesClient client, List<Pod> pods, Random random) {
        if (pods.isEmpty()) return;
        Pod pod = pods.get(random.nextInt(pods.size()));
        if (pod.getMetadata().getDeletionTimestamp() != null) return;
        long gone = pods.stream()
                .filter(each -> each.getMetadata().getDeletionTimestamp() != null
                        || "Failed".equals(each.getStatus().getPhase()))
                .count();
        switch (random.nextInt(6)) {
            case 0, 1 -> ready(client, pod, !PodUsage.isReady(pod));
            // kwok starts pods that are pending and not ready.
            case 2, 3 -> {
                if (PodUsage.isReady(pod))
                    phase(client, pod, "Pending".equals(pod.getStatus().getPhase()) ? "Running" : "Pending");
            }
            case 4 -> {
                if (gone < FAILED_AT_MOST) phase(client, pod, "Failed");
            }
            default -> {
                if (gone >= FAILED_AT_MOST) return;
                // The controller lets a pod that is going and still says Ready share an Object or External value; a
                // question can say only one of the two.
                if (PodUsage.isReady(pod)) ready(client, pod, false);
                terminate(client, pod);
            }
        }
    }

    /** Lets the pods go that {@link #befall} held. */
    static void release(KubernetesClient client) {
        for (Pod pod : client.pods().list().getItems())
            if (pod.getMetadata().getFinalizers().contains(HELD))
                client.pods()
                        .withName(pod.getMetadata().getName())
                        .edit(held -> new PodBuilder(held)
                                .editMetadata()
                                .removeFromFinalizers(HELD)
                                .endMetadata()
                                .build());
    }

    private static void ready(KubernetesClient client, Pod pod, boolean ready) {
        client.pods()
                .withName(pod.getMetadata().getName())
                .editStatus(old -> new PodBuilder(old)
                        .editStatus()
                        .editMatchingCondition(condition -> condition.getType().equals("Ready"))
                        .withStatus(ready ? "True" : "False")
                        .endCondition()
                        .endStatus()
                        .build());
    }

    private static void phase(KubernetesClient client, Pod pod, String phase) {
        client.pods()
                .withName(pod.getMetadata().getName())
                .editStatus(old -> new PodBuilder(old)
                        .editStatus()
                        .withPhase(phase)
                        .endStatus()
                        .build());
    }

    private static void terminate(KubernetesClient client, Pod pod) {
        client.pods()
                .withName(pod.getMetadata().getName())
                .edit(old -> new PodBuilder(old)
                        .editMetadata()
                        .addToFinalizers(HELD)
                        .endMetadata()
                        .build());
        client.pods().withName(pod.getMetadata().getName()).delete();
    }
}
