package io.trimtab.actuate.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.trimtab.recommend.Actuator;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.Recommendation;

/**
 * Changes the cluster: replica counts through the {@code scale} subresource, requests and limits through the {@code resize} subresource of
 * the running pods, in place, and together with them the targets of the autoscaler that measures by them.
 *
 * <p>The pod template is left alone, since a change of it restarts every pod; pods that start later get their requests at admission. A count
 * that is no longer what the recommendation started from, or an object that changed between the look and the write, is refused.
 */
public final class KubernetesActuator implements Actuator {
    private final ClusterWrites writes;

    /** @param client stays the caller's: it is not closed here */
    public KubernetesActuator(KubernetesClient client) {
        this.writes = new ClusterWrites(client, false);
    }

    @Override
    public Outcome apply(Recommendation recommendation) {
        return writes.write(recommendation);
    }
}
