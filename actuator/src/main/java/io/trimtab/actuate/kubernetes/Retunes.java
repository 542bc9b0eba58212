package io.trimtab.actuate.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.trimtab.recommend.Recommendation.Resize;
import io.trimtab.recommend.Recommendation.Retune;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Requests of running pods and targets of their autoscaler, together: targets go down, and a minimum up, before requests change, the other way after, so that whatever ends it in between leaves
 * more replicas than needed and never fewer. The autoscaler is written first in any case: a right that is missing shows before a pod is touched.
 */
final class Retunes {
    /** What became of it. */
    sealed interface Answer {
        /** Pods and autoscaler have all of it already. */
        record Nothing() implements Answer {}

        /** All of it is written. */
        record Changed(int pods) implements Answer {}

        /** So many pods have their requests; the next was refused, and targets that are to go up did not. */
        record Stopped(int pods, String why) implements Answer {}

        /** Nothing of it is left. */
        record Refused(String why) implements Answer {}
    }

    private final KubernetesClient client;
    private final PodResize podResize;
    private final PatchContext merge;

    Retunes(KubernetesClient client, PodResize podResize, PatchContext merge) {
        this.client = client;
        this.podResize = podResize;
        this.merge = merge;
    }

    Answer of(Retune retune, GenericKubernetesResource workload) {
        try {
            boolean written = write(retune, TargetPatch::begin);
            int pods = 0;
            for (Resize resize : retune.resizes()) {
                PodResize.Answer answer = podResize.of(resize, workload);
                if (answer instanceof PodResize.Answer.Changed(int changed)) pods += changed;
                if (answer instanceof PodResize.Answer.Refused(int changed, String why)) {
                    pods += changed;
                    if (pods > 0) return new Answer.Stopped(pods, why);
                    write(retune, TargetPatch::undo);
                    return new Answer.Refused(why);
                }
            }
            return raise(retune, workload, written, pods);
        } catch (TargetGone e) {
            return new Answer.Refused(e.why);
        }
    }

    /** Where the targets cannot follow, the pods get back what they had. */
    private Answer raise(Retune retune, GenericKubernetesResource workload, boolean written, int pods)
            throws TargetGone {
        try {
            boolean raised = write(retune, TargetPatch::end);
            return written || raised || pods > 0 ? new Answer.Changed(pods) : new Answer.Nothing();
        } catch (TargetGone | KubernetesClientException e) {
            for (Resize resize : retune.resizes()) podResize.of(back(resize), workload);
            throw e;
        }
    }

    private static Resize back(Resize resize) {
        return new Resize(
                resize.workload(), resize.container(), resize.to(), resize.from(), resize.impact(), resize.reasons());
    }

    /** The controller's status update is a conflict as well, so the object is looked at again. */
    private boolean write(
            Retune retune, BiFunction<GenericKubernetesResource, Retune, Optional<Map<String, Object>>> change)
            throws TargetGone {
        var resource = client.genericKubernetesResources(TargetPatch.KIND)
                .inNamespace(retune.workload().namespace())
                .withName(retune.autoscaler());
        for (Conflicts conflicts = new Conflicts(); ; ) {
            GenericKubernetesResource now = resource.get();
            if (now == null) throw new TargetGone("the autoscaler was not found; it was deleted");
            Optional<String> refusal = TargetPatch.refusal(now, retune);
            if (refusal.isPresent()) throw new TargetGone(refusal.get());
            Optional<Map<String, Object>> patch = change.apply(now, retune);
            if (patch.isEmpty()) return false;
            try {
                resource.patch(merge, client.getKubernetesSerialization().asJson(patch.get()));
                return true;
            } catch (KubernetesClientException e) {
                conflicts.again(e);
            }
        }
    }

    /** Somebody else has changed the autoscaler since the round looked. */
    private static final class TargetGone extends Exception {
        final String why;

        TargetGone(String why) {
            super(why);
            this.why = why;
        }
    }
}
