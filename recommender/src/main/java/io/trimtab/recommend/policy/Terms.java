package io.trimtab.recommend.policy;

import io.trimtab.ingest.model.HpaRule;
import io.trimtab.recommend.pods.PodPolicy;
import io.trimtab.recommend.replicas.ReplicaBounds;

/**
 * What a policy means for each decision about a workload.
 *
 * @param hpa what becomes of an autoscaler's targets
 */
public record Terms(PodPolicy pods, ReplicaBounds replicas, HpaRule hpa, ActTerms acts) {
    /** Of workloads that no policy governs. */
    public static final Terms DEFAULT =
            new Terms(PodPolicy.DEFAULT, ReplicaBounds.NONE, HpaRule.RETUNE, ActTerms.DEFAULT);
}
