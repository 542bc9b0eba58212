package io.trimtab.service.loop;

import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.RetunedTargets;
import io.trimtab.recommend.Recommendation;
import java.util.List;
import java.util.stream.Collectors;

/** YAML patches for people to apply by hand. */
final class Patches {
    private Patches() {}

    /** A strategic merge patch of the pod template. */
    static String resize(Recommendation.Resize resize) {
        return template(List.of(resize));
    }

    /** A patch of the pod template, and what is to be written in the autoscaler together with it. */
    static String retune(Recommendation.Retune retune) {
        StringBuilder patch = new StringBuilder();
        if (!retune.resizes().isEmpty())
            patch.append(template(retune.resizes())).append("---%n".formatted());
        patch.append("""
            # HorizontalPodAutoscaler %s, %s: other metrics stay
            spec:
            """.formatted(
                        retune.autoscaler(), retune.resizes().isEmpty() ? "by itself" : "together with the above"));
        retune.minimum().ifPresent(minimum -> patch.append("  minReplicas: %d%n".formatted(minimum.to())));
        if (!retune.targets().isEmpty()) patch.append("  metrics:%n".formatted());
        retune.targets().forEach(target -> patch.append(metric(target)));
        return patch.toString();
    }

    private static String metric(Recommendation.Retune.Target target) {
        String container = target.container()
                .map(name -> "%n        container: %s".formatted(name))
                .orElse("");
        return """
                - type: %s
                  %s:
                    name: %s%s
                    target: {type: Utilization, averageUtilization: %d}
            """.formatted(
                        target.container().isPresent() ? "ContainerResource" : "Resource",
                        target.container().isPresent() ? "containerResource" : "resource",
                        RetunedTargets.word(target.resource()),
                        container,
                        target.to());
    }

    private static String template(List<Recommendation.Resize> resizes) {
        return """
            spec:
              template:
                spec:
                  containers:
            %s\
            """.formatted(resizes.stream().map(Patches::container).collect(Collectors.joining()));
    }

    private static String container(Recommendation.Resize resize) {
        Requirements to = resize.to();
        StringBuilder requests = new StringBuilder();
        to.cpuRequest().ifPresent(cpu -> requests.append("              cpu: \"%s\"%n".formatted(cpu)));
        to.memoryRequest().ifPresent(memory -> requests.append("              memory: \"%s\"%n".formatted(memory)));
        StringBuilder limits = new StringBuilder();
        if (to.cpuLimit().isPresent() || to.memoryLimit().isPresent()) {
            limits.append("            limits:%n".formatted());
            to.cpuLimit().ifPresent(cpu -> limits.append("              cpu: \"%s\"%n".formatted(cpu)));
            to.memoryLimit().ifPresent(memory -> limits.append("              memory: \"%s\"%n".formatted(memory)));
        }
        return """
                    - name: %s
                      resources:
                        requests:
            %s%s\
            """.formatted(resize.container(), requests, limits);
    }

    static String scale(Recommendation.Scale scale) {
        return """
            spec:
              replicas: %d
            """.formatted(scale.to());
    }
}
