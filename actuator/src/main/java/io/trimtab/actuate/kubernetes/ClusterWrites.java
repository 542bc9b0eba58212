package io.trimtab.actuate.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.Recommendation.Hold;
import io.trimtab.recommend.Recommendation.Resize;
import io.trimtab.recommend.Recommendation.Retune;
import io.trimtab.recommend.Recommendation.Scale;
import io.trimtab.recommend.policy.Governance;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The writes themselves, for real or as the API server's dry run. */
final class ClusterWrites {
    static final String FIELD_MANAGER = "trimtab";

    private final KubernetesClient client;
    private final boolean dryRun;
    private final PodResize podResize;
    private final Retunes retunes;

    ClusterWrites(KubernetesClient client, boolean dryRun) {
        this.client = client;
        this.dryRun = dryRun;
        this.podResize = new PodResize(client, patch(PatchType.STRATEGIC_MERGE));
        this.retunes = new Retunes(client, podResize, patch(PatchType.JSON_MERGE));
    }

    Outcome write(Recommendation recommendation) {
        return switch (recommendation) {
            case Scale scale -> scale(scale);
            case Resize resize -> resize(resize);
            case Retune retune -> retune(retune);
            case Hold hold -> new Outcome.Skipped(hold.workload(), Words.of(hold));
        };
    }

    private Outcome scale(Scale scale) {
        WorkloadId id = scale.workload();
        ResourceDefinitionContext kind = Kinds.scalable(id.kind()).orElse(null);
        if (kind == null)
            return new Outcome.Skipped(id, "a %s has no replica count that can be set".formatted(id.kind()));
        try {
            for (Conflicts conflicts = new Conflicts(); ; ) {
                GenericKubernetesResource now = object(kind, id).get();
                if (now == null) return refused(scale, Words.of(scale), "not found; it was deleted");
                Optional<Outcome> held = heldBack(id, now);
                if (held.isPresent()) return held.get();
                int replicas = now.get("spec", "replicas") instanceof Number count ? count.intValue() : 1;
                if (replicas == scale.to())
                    return new Outcome.Skipped(id, "%s has %d replicas already".formatted(id, replicas));
                if (replicas != scale.from()) {
                    return refused(
                            scale,
                            Words.of(scale),
                            "it has %d replicas by now, not %d; the next cycle decides again"
                                    .formatted(replicas, scale.from()));
                }
                try {
                    write(scale, kind, now);
                    return done(id, Words.of(scale));
                } catch (KubernetesClientException e) {
                    conflicts.again(e);
                }
            }
        } catch (KubernetesClientException e) {
            return refused(scale, Words.of(scale), Words.why(e, kind.getPlural() + "/scale"));
        }
    }

    /** With the version in it, the patch is refused when anybody wrote since the look. */
    private void write(Scale scale, ResourceDefinitionContext kind, GenericKubernetesResource seen) {
        Map<String, Object> change = Map.of(
                "metadata",
                Map.of("resourceVersion", seen.getMetadata().getResourceVersion()),
                "spec",
                Map.of("replicas", scale.to()));
        object(kind, scale.workload())
                .subresource("scale")
                .patch(
                        patch(PatchType.JSON_MERGE),
                        client.getKubernetesSerialization().asJson(change));
    }

    private Outcome resize(Resize resize) {
        WorkloadId id = resize.workload();
        ResourceDefinitionContext kind = Kinds.selecting(id.kind()).orElse(null);
        if (kind == null)
            return new Outcome.Skipped(id, "the pods of a %s cannot be found by a selector".formatted(id.kind()));
        if (!resize.from().gpu().equals(resize.to().gpu()))
            return new Outcome.Skipped(id, "GPUs cannot be changed in place");
        if (resize.from().equals(resize.to()))
            return new Outcome.Skipped(id, "container %s has these requests already".formatted(resize.container()));
        try {
            GenericKubernetesResource now = object(kind, id).get();
            if (now == null) return refused(resize, Words.of(resize), "not found; it was deleted");
            Optional<Outcome> held = heldBack(id, now);
            if (held.isPresent()) return held.get();
            return switch (podResize.of(resize, now)) {
                case PodResize.Answer.Nothing(String why) -> new Outcome.Skipped(id, why);
                case PodResize.Answer.Changed(int pods) ->
                    done(id, "%s, in place in %d pods".formatted(Words.of(resize), pods));
                case PodResize.Answer.Refused(int pods, String why) ->
                    pods == 0
                            ? refused(resize, Words.of(resize), why)
                            : done(id, "%s, in place in %d pods; then %s".formatted(Words.of(resize), pods, why));
            };
        } catch (KubernetesClientException e) {
            return refused(resize, Words.of(resize), Words.why(e, kind.getPlural()));
        }
    }

    private Outcome retune(Retune retune) {
        WorkloadId id = retune.workload();
        String what = Words.of(retune);
        ResourceDefinitionContext kind = Kinds.selecting(id.kind()).orElse(null);
        if (kind == null)
            return new Outcome.Skipped(id, "the pods of a %s cannot be found by a selector".formatted(id.kind()));
        try {
            GenericKubernetesResource now = object(kind, id).get();
            if (now == null) return refused(retune, what, "not found; it was deleted");
            Optional<Outcome> held = heldBack(id, now);
            if (held.isPresent()) return held.get();
            return switch (retunes.of(retune, now)) {
                case Retunes.Answer.Nothing() ->
                    new Outcome.Skipped(
                            id,
                            "every running pod has these requests and autoscaler %s this target already"
                                    .formatted(retune.autoscaler()));
                case Retunes.Answer.Changed(int pods) -> done(id, "%s, in place in %d pods".formatted(what, pods));
                case Retunes.Answer.Stopped(int pods, String why) ->
                    done(id, "%s, in place in %d pods; then %s".formatted(what, pods, why));
                case Retunes.Answer.Refused(String why) -> refused(retune, what, why);
            };
        } catch (KubernetesClientException e) {
            return refused(retune, what, Words.why(e, TargetPatch.KIND.getPlural()));
        }
    }

    /** The object itself has the last word: it may have been annotated since the round looked, or be of a kind that is not watched. */
    private static Optional<Outcome> heldBack(WorkloadId id, GenericKubernetesResource now) {
        Map<String, String> annotations =
                Optional.ofNullable(now.getMetadata().getAnnotations()).orElse(Map.of());
        return Governance.allowsActs(annotations)
                ? Optional.empty()
                : Optional.of(new Outcome.Skipped(
                        id, "its annotation %s or %s stops acts".formatted(Governance.PAUSE, Governance.MODE)));
    }

    private Resource<GenericKubernetesResource> object(ResourceDefinitionContext kind, WorkloadId id) {
        return client.genericKubernetesResources(kind)
                .inNamespace(id.namespace())
                .withName(id.name());
    }

    private PatchContext patch(PatchType type) {
        return new PatchContext.Builder()
                .withPatchType(type)
                .withFieldManager(FIELD_MANAGER)
                .withDryRun(dryRun ? List.of("All") : List.of())
                .build();
    }

    private Outcome done(WorkloadId workload, String what) {
        return dryRun ? new Outcome.DryRun(workload, what) : new Outcome.Applied(workload, what);
    }

    private static Outcome refused(Recommendation recommendation, String what, String why) {
        return new Outcome.Refused(recommendation.workload(), what, why);
    }
}
