package io.trimtab.ingest.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.ingest.model.CpuAndMemory;
import io.trimtab.ingest.model.LimitRange;
import io.trimtab.ingest.model.ResourceQuota;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LimitsMappingTest {
    @Test
    void readsBoundsOfContainersAndOfPods() {
        LimitRange range = LimitsMapping.limitRange(
                UsedFields.serialization().unmarshal("""
                    kind: LimitRange
                    metadata: {name: usual, namespace: shop}
                    spec:
                      limits:
                        - {type: Pod, max: {cpu: "8"}, maxLimitRequestRatio: {memory: "1.5"}}
                        - type: Container
                          min: {cpu: 10m}
                          max: {memory: 4Gi}
                          default: {memory: 1Gi}
                          defaultRequest: {memory: 512Mi}
                          maxLimitRequestRatio: {cpu: "4"}
                        - {type: PersistentVolumeClaim, max: {storage: 1Gi}}
                    """, io.fabric8.kubernetes.api.model.LimitRange.class));
        assertThat(range.container().min().cpu().orElseThrow()).hasToString("10m");
        assertThat(range.container().max().memory().orElseThrow()).hasToString("4Gi");
        assertThat(range.container().max().cpu()).isEmpty();
        assertThat(range.container().maxCpuRatio()).contains(new BigDecimal("4"));
        assertThat(range.pod().max().cpu().orElseThrow()).hasToString("8");
        assertThat(range.pod().maxMemoryRatio()).contains(new BigDecimal("1.5"));
        assertThat(range.pod().min()).isEqualTo(CpuAndMemory.NONE);
        assertThat(range.defaultLimit().memory().orElseThrow()).hasToString("1Gi");
        assertThat(range.defaultRequest().memory().orElseThrow()).hasToString("512Mi");
    }

    @Test
    void readsWhatAQuotaHasAndWhatIsUsed() {
        ResourceQuota quota = LimitsMapping.quota(
                UsedFields.serialization().unmarshal("""
                    kind: ResourceQuota
                    metadata: {name: team, namespace: shop}
                    spec: {hard: {cpu: "4", requests.memory: 8Gi, limits.cpu: "0"}}
                    status: {hard: {cpu: "4"}, used: {cpu: 500m, requests.memory: 1Gi, limits.cpu: "0"}}
                    """, io.fabric8.kubernetes.api.model.ResourceQuota.class));
        assertThat(quota.requests().cpu().orElseThrow()).hasToString("4");
        assertThat(quota.requestsUsed().memory().orElseThrow()).hasToString("1Gi");
        assertThat(quota.limits().cpu().orElseThrow().isZero()).isTrue();
        assertThat(quota.limits().memory()).isEqualTo(Optional.empty());
    }
}
