package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricTarget;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.RetunedTargets;
import io.trimtab.ingest.model.UtilizationTarget;
import io.trimtab.ingest.model.WorkloadId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** HorizontalPodAutoscalers: their bounds, what of their metrics is held against requests, and who keeps them as they are. */
final class AutoscalerMapping {
    private static final String KEDA_LABEL = "scaledobject.keda.sh/name";
    private static final String KEDA_OWNER = "ScaledObject %s (KEDA)";

    private AutoscalerMapping() {}

    static HorizontalAutoscaler autoscaler(HorizontalPodAutoscaler it) {
        String namespace = it.getMetadata().getNamespace();
        var target = it.getSpec().getScaleTargetRef();
        Map<String, String> annotations = PodMapping.orEmpty(it.getMetadata().getAnnotations());
        RetunedTargets retuned = RetunedTargets.parse(annotations.getOrDefault(RetunedTargets.ANNOTATION, ""));
        int minReplicas = WorkloadMapping.orOne(it.getSpec().getMinReplicas());
        int maxReplicas = it.getSpec().getMaxReplicas();
        return new HorizontalAutoscaler(
                namespace,
                it.getMetadata().getName(),
                new WorkloadId(namespace, target.getKind(), target.getName()),
                minReplicas,
                own(retuned, minReplicas, maxReplicas),
                maxReplicas,
                it.getSpec().getMetrics().stream()
                        .flatMap(metric -> target(metric, retuned).stream())
                        .toList(),
                keeper(it, annotations));
    }

    /** A maximum that has come down since goes before it. */
    private static OptionalInt own(RetunedTargets retuned, int minReplicas, int maxReplicas) {
        OptionalInt noted = retuned.ownMinimum(minReplicas);
        return noted.isPresent() ? OptionalInt.of(Math.min(noted.getAsInt(), maxReplicas)) : noted;
    }

    private static Optional<UtilizationTarget> target(MetricSpec metric, RetunedTargets retuned) {
        return switch (Objects.requireNonNullElse(metric.getType(), "")) {
            case "Resource" ->
                target(
                        metric.getResource().getName(),
                        Optional.empty(),
                        metric.getResource().getTarget(),
                        retuned);
            case "ContainerResource" ->
                target(
                        metric.getContainerResource().getName(),
                        Optional.of(metric.getContainerResource().getContainer()),
                        metric.getContainerResource().getTarget(),
                        retuned);
            default -> Optional.empty();
        };
    }

    private static Optional<UtilizationTarget> target(
            String name, Optional<String> container, @Nullable MetricTarget target, RetunedTargets retuned) {
        Integer percent = target == null ? null : target.getAverageUtilization();
        if (percent == null || percent < 1) return Optional.empty();
        return Resource.SIZED.stream()
                .filter(resource -> RetunedTargets.word(resource).equals(name))
                .map(resource -> new UtilizationTarget(
                        resource, container, percent, retuned.origin(resource, container, percent)))
                .findFirst();
    }

    /** Whoever applies it from elsewhere, told by the marks that KEDA, Flux, Argo CD and Helm leave; and whoever controls it. */
    private static Optional<String> keeper(HorizontalPodAutoscaler it, Map<String, String> annotations) {
        Map<String, String> labels = PodMapping.orEmpty(it.getMetadata().getLabels());
        Optional<String> controller = it.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController())
                        || owner.getKind().equals("ScaledObject"))
                .map(AutoscalerMapping::owner)
                .findFirst();
        if (controller.isPresent()) return controller;
        return Stream.of(
                        named(labels, KEDA_LABEL, KEDA_OWNER),
                        named(labels, "helm.toolkit.fluxcd.io/name", "HelmRelease %s (Flux)"),
                        named(labels, "kustomize.toolkit.fluxcd.io/name", "Kustomization %s (Flux)"),
                        named(annotations, "argocd.argoproj.io/tracking-id", "Argo CD (%s)"),
                        named(labels, "argocd.argoproj.io/instance", "Application %s (Argo CD)"),
                        named(annotations, "meta.helm.sh/release-name", "Helm release %s"))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static String owner(OwnerReference owner) {
        return owner.getKind().equals("ScaledObject")
                ? KEDA_OWNER.formatted(owner.getName())
                : "%s %s".formatted(owner.getKind(), owner.getName());
    }

    private static Optional<String> named(Map<String, String> marks, String mark, String words) {
        return Optional.ofNullable(marks.get(mark)).map(words::formatted);
    }
}
