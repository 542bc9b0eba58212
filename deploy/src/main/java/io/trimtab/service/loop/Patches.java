package io.trimtab.service.loop;

import io.trimtab.ingest.model.Requirements;
import io.trimtab.recommend.Recommendation;

/** YAML patches for people to apply by hand. */
final class Patches {
    private Patches() {}

    /** A strategic merge patch of the pod template. */
    static String resize(Recommendation.Resize resize) {
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
            spec:
              template:
                spec:
                  containers:
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
