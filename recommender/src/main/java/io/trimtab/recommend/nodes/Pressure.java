package io.trimtab.recommend.nodes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How likely it is that a free device of a model is needed by pods that accept few models, if all that is free were filled with typical pods; 1 is sure. */
final class Pressure {
    /** By the models that they accept: the picky pods' part of all devices that are asked for. */
    private final Map<Set<String>, Double> parts = new HashMap<>();

    Pressure(List<PodGroup> typical) {
        double all = typical.stream().mapToDouble(Pressure::devices).sum();
        for (PodGroup pod : typical)
            if (!pod.gpuModels().isEmpty() && devices(pod) > 0)
                parts.merge(pod.gpuModels(), devices(pod) / all, Double::sum);
    }

    private static double devices(PodGroup pod) {
        return pod.count() * pod.requested().gpu().gpus().doubleValue();
    }

    /** @param free devices of each model */
    Map<String, Double> of(Map<String, Double> free) {
        double all = free.values().stream().mapToDouble(devices -> devices).sum();
        Map<String, Double> pressure = new HashMap<>();
        parts.forEach((models, part) -> {
            // One more, so that the last device of a model is not divided by nothing.
            double theirs = 1
                    + models.stream()
                            .mapToDouble(model -> free.getOrDefault(model, 0.0))
                            .sum();
            models.forEach(model -> pressure.merge(model, Math.min(1, part * all / theirs), Double::sum));
        });
        return pressure;
    }
}
