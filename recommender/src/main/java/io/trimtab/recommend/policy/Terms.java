package io.trimtab.recommend.policy;

import io.trimtab.recommend.pods.PodPolicy;
import io.trimtab.recommend.replicas.ReplicaPolicy;

/** What a policy means for each decision about a workload. */
public record Terms(PodPolicy pods, ReplicaPolicy replicas, ActTerms acts) {
    /** Of workloads that no policy governs. */
    public static final Terms DEFAULT = new Terms(PodPolicy.DEFAULT, ReplicaPolicy.DEFAULT, ActTerms.DEFAULT);
}
