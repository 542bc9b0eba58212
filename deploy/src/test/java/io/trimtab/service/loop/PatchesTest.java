package io.trimtab.service.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.ResourceAmount;
import io.trimtab.ingest.model.UtilizationTarget;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.Reason;
import io.trimtab.recommend.Recommendation.Resize;
import io.trimtab.recommend.Recommendation.Retune;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PatchesTest {
    private static final WorkloadId WEB = new WorkloadId("shop", "Deployment", "web");
    private static final List<Reason> REASONS = List.of(new PodReason.NoSamples());

    @Test
    void requestsAndTargetsAreTwoDocuments() {
        Retune retune = new Retune(
                WEB,
                "web-hpa",
                List.of(target(Optional.empty(), 80), target(Optional.of("app"), 75)),
                Optional.empty(),
                List.of(
                        resize("app", "750m", Optional.of(Bytes.parse("256Mi"))),
                        resize("proxy", "50m", Optional.empty())),
                Impact.NONE,
                REASONS);
        assertThat(Patches.retune(retune)).isEqualTo("""
            spec:
              template:
                spec:
                  containers:
                    - name: app
                      resources:
                        requests:
                          cpu: "750m"
                          memory: "128Mi"
                        limits:
                          memory: "256Mi"
                    - name: proxy
                      resources:
                        requests:
                          cpu: "50m"
                          memory: "128Mi"
            ---
            # HorizontalPodAutoscaler web-hpa, together with the above: other metrics stay
            spec:
              metrics:
                - type: Resource
                  resource:
                    name: cpu
                    target: {type: Utilization, averageUtilization: 80}
                - type: ContainerResource
                  containerResource:
                    name: cpu
                    container: app
                    target: {type: Utilization, averageUtilization: 75}
            """);
    }

    @Test
    void aTargetAloneIsOne() {
        Retune retune = new Retune(
                WEB,
                "web-hpa",
                List.of(target(Optional.empty(), 60)),
                Optional.empty(),
                List.of(),
                Impact.NONE,
                REASONS);
        assertThat(Patches.retune(retune))
                .startsWith("# HorizontalPodAutoscaler web-hpa, by itself: other metrics stay\nspec:\n  metrics:\n");
    }

    private static Retune.Target target(Optional<String> container, int percent) {
        return new Retune.Target(
                Resource.CPU,
                container,
                60,
                percent,
                new UtilizationTarget.Origin(60, new ResourceAmount(Resource.CPU, 1000)));
    }

    private static Resize resize(String container, String cpu, Optional<Bytes> memoryLimit) {
        var to = new Requirements(
                Optional.of(MilliCores.parse(cpu)),
                Optional.of(Bytes.parse("128Mi")),
                Optional.empty(),
                memoryLimit,
                GpuMilli.ZERO);
        return new Resize(WEB, container, Requirements.NONE, to, Impact.NONE, REASONS);
    }
}
