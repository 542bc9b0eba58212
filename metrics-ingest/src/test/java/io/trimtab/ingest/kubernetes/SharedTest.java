package io.trimtab.ingest.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.trimtab.ingest.model.Pod;
import org.junit.jupiter.api.Test;

class SharedTest {
    private static final KubernetesSerialization YAML = UsedFields.serialization();

    private final Shared shared = new Shared();

    @Test
    void podsOfOneWorkloadHoldTheirCommonPartsOnce() {
        WatchedPod one = shared.of(pod("web-1", "web:1"));
        WatchedPod other = shared.of(pod("web-2", "web:1"));
        assertThat(one.pod().containers()).isSameAs(other.pod().containers());
        assertThat(one.pod().labels()).isSameAs(other.pod().labels());
        assertThat(one.pod().node().orElseThrow()).isSameAs(other.pod().node().orElseThrow());
        assertThat(one.pod().id().namespace()).isSameAs(other.pod().id().namespace());
        assertThat(one.pod().scheduling()).isSameAs(other.pod().scheduling());
        assertThat(one.controller().orElseThrow()).isSameAs(other.controller().orElseThrow());
    }

    @Test
    void nothingElseChanges() {
        WatchedPod read = pod("web-1", "web:2");
        assertThat(shared.of(read)).isEqualTo(read);
        Pod before = shared.of(pod("web-2", "web:1")).pod();
        assertThat(shared.of(read).pod().containers()).isNotEqualTo(before.containers());
        assertThat(read.pod().annotations()).containsOnlyKeys("trimtab.io/mode");
    }

    private static WatchedPod pod(String name, String image) {
        return PodMapping.pod(YAML.unmarshal("""
            metadata:
              name: %s
              namespace: shop
              creationTimestamp: "2026-11-24T10:00:00Z"
              labels: {app: web, tier: front}
              annotations: {trimtab.io/mode: Observe, prometheus.io/scrape: "true"}
              ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-5f, uid: u, controller: true}]
            spec:
              nodeName: node-a
              nodeSelector: {disk: ssd}
              containers: [{name: app, image: "%s", resources: {requests: {cpu: 500m}}}]
            """.formatted(name, image), io.fabric8.kubernetes.api.model.Pod.class));
    }
}
