package io.trimtab.actuate.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.trimtab.recommend.Recommendation.Resize;
import java.net.HttpURLConnection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Resizes one container in each running pod of a workload. */
final class PodResize {
    /** What became of it. */
    sealed interface Answer {
        /** No pod was in need of it. */
        record Nothing(String why) implements Answer {}

        /** Every pod that was in need of it has it. */
        record Changed(int pods) implements Answer {}

        /** So many pods have it; the next was refused, and those after it were not tried. */
        record Refused(int pods, String why) implements Answer {}
    }

    private final KubernetesClient client;
    private final PatchContext patch;

    PodResize(KubernetesClient client, PatchContext patch) {
        this.client = client;
        this.patch = patch;
    }

    /** @throws KubernetesClientException if the pods cannot be listed */
    Answer of(Resize resize, GenericKubernetesResource workload) {
        List<Pod> running = podsOf(workload)
                .filter(pod -> isRunning(pod) && find(pod, resize.container()).isPresent())
                .toList();
        if (running.isEmpty())
            return new Answer.Nothing("no running pod has a container %s".formatted(resize.container()));
        int changed = 0;
        for (Pod pod : running) {
            try {
                if (resize(pod, resize)) changed++;
            } catch (KubernetesClientException e) {
                return new Answer.Refused(
                        changed, "pod %s: %s".formatted(pod.getMetadata().getName(), Words.why(e, "pods/resize")));
            }
        }
        return changed == 0
                ? new Answer.Nothing("every running pod has these requests already")
                : new Answer.Changed(changed);
    }

    /** @return whether it was written; not when the pod has it already or is gone */
    private boolean resize(Pod listed, Resize resize) {
        PodResource resource = client.pods()
                .inNamespace(listed.getMetadata().getNamespace())
                .withName(listed.getMetadata().getName());
        Pod pod = listed;
        for (Conflicts conflicts = new Conflicts(); ; ) {
            Optional<Map<String, Object>> change = ResourcesPatch.of(pod, resize.container(), resize.to());
            if (change.isEmpty()) return false;
            try {
                resource.subresource("resize")
                        .patch(patch, client.getKubernetesSerialization().asJson(change.get()));
                return true;
            } catch (KubernetesClientException e) {
                boolean absent = e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
                if (!absent) conflicts.again(e);
                Pod now = resource.get();
                boolean gone = now == null
                        || !now.getMetadata()
                                .getUid()
                                .equals(listed.getMetadata().getUid());
                if (gone) return false;
                // The pod is there, so what is not found is the subresource: the cluster is too old for it.
                if (absent) throw e;
                pod = now;
            }
        }
    }

    /** Those that match the selector and that the workload, or a ReplicaSet of it, controls: selectors may overlap. */
    private Stream<Pod> podsOf(GenericKubernetesResource workload) {
        String namespace = workload.getMetadata().getNamespace();
        LabelSelector selector =
                client.getKubernetesSerialization().convertValue(workload.get("spec", "selector"), LabelSelector.class);
        Set<String> controllers = new HashSet<>();
        controllers.add(workload.getMetadata().getUid());
        boolean throughReplicaSets = Set.of("Deployment", "Rollout").contains(workload.getKind());
        if (throughReplicaSets) {
            client.apps().replicaSets().inNamespace(namespace).withLabelSelector(selector).list().getItems().stream()
                    .filter(set ->
                            isControlledBy(set, Set.of(workload.getMetadata().getUid())))
                    .forEach(set -> controllers.add(set.getMetadata().getUid()));
        }
        return client.pods().inNamespace(namespace).withLabelSelector(selector).list().getItems().stream()
                .filter(pod -> isControlledBy(pod, controllers));
    }

    private static boolean isControlledBy(HasMetadata object, Set<String> uids) {
        List<OwnerReference> owners = object.getMetadata().getOwnerReferences();
        return owners.stream()
                .anyMatch(owner -> Boolean.TRUE.equals(owner.getController()) && uids.contains(owner.getUid()));
    }

    private static boolean isRunning(Pod pod) {
        return "Running".equals(pod.getStatus().getPhase()) && pod.getMetadata().getDeletionTimestamp() == null;
    }

    static Optional<Container> find(Pod pod, String name) {
        return Stream.concat(pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
                .filter(container -> container.getName().equals(name))
                .findFirst();
    }
}
