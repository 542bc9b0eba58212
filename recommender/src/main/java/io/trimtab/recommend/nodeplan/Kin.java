package io.trimtab.recommend.nodeplan;

import io.trimtab.ingest.model.Pod;
import java.util.Map;

/** Labels of pods of a namespace: what selectors see of a pod. Those of one workload are mostly the same. */
record Kin(String namespace, Map<String, String> labels) {
    static Kin of(Pod pod) {
        return new Kin(pod.id().namespace(), pod.labels());
    }
}
