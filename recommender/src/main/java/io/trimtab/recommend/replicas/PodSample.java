package io.trimtab.recommend.replicas;

import java.util.Map;

/**
 * A pod as the metrics see it.
 *
 * @param pod amounts of the pod as a whole
 * @param containers amounts of single containers by name; read by metrics of one container only
 */
public record PodSample(PodState state, Amounts pod, Map<String, Amounts> containers) {
    public PodSample {
        containers = Map.copyOf(containers);
    }
}
