package io.trimtab.ingest.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.RetunedTargets;
import io.trimtab.ingest.model.UtilizationTarget;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AutoscalerMappingTest {
    private static final KubernetesSerialization YAML = UsedFields.serialization();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        cpu utilisation | minReplicas: 2, | '{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}}'    | 2 | CPU 60
        cpu value       | ''              | '{type: Resource, resource: {name: cpu, target: {type: AverageValue, averageValue: 1}}}'          | 1 | ''
        memory          | minReplicas: 0, | '{type: Resource, resource: {name: memory, target: {type: Utilization, averageUtilization: 60}}}' | 0 | MEMORY 60
        one container   | ''              | '{type: ContainerResource, containerResource: {name: cpu, container: web, target: {type: Utilization, averageUtilization: 70}}}' | 1 | CPU/web 70
        two of them     | ''              | '{type: Resource, resource: {name: memory, target: {type: Utilization, averageUtilization: 80}}}, {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}}' | 1 | MEMORY 80 CPU 60
        another resource| ''              | '{type: Resource, resource: {name: gpu, target: {type: Utilization, averageUtilization: 60}}}'    | 1 | ''
        external        | ''              | '{type: External, external: {metric: {name: q}, target: {type: Value, value: 1}}}'                | 1 | ''
        """)
    void readsBoundsAndTargets(String name, String min, String metrics, int minReplicas, String targets) {
        HorizontalAutoscaler autoscaler = read("", "%s metrics: [%s]".formatted(min, metrics));
        assertThat(autoscaler.target()).hasToString("shop/Deployment/web");
        assertThat(autoscaler.minReplicas()).isEqualTo(minReplicas);
        assertThat(autoscaler.maxReplicas()).isEqualTo(9);
        assertThat(autoscaler.targets().stream()
                        .map(AutoscalerMappingTest::shortForm)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(targets);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        nobody            | labels: {app: web}                                                                                        | -
        KEDA, by label    | 'labels: {scaledobject.keda.sh/name: web}'                                                                | ScaledObject web (KEDA)
        KEDA, by owner    | 'ownerReferences: [{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, name: web, uid: u}]'                | ScaledObject web (KEDA)
        a controller      | 'ownerReferences: [{apiVersion: x/v1, kind: Shop, name: web, uid: u, controller: true}]'                  | Shop web
        an owner          | 'ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: u}]'                           | -
        Helm              | 'annotations: {meta.helm.sh/release-name: shop}'                                                          | Helm release shop
        Flux, by Helm     | 'annotations: {meta.helm.sh/release-name: shop}, labels: {helm.toolkit.fluxcd.io/name: shop}'             | HelmRelease shop (Flux)
        Flux              | 'labels: {kustomize.toolkit.fluxcd.io/name: apps}'                                                        | Kustomization apps (Flux)
        Argo CD           | 'labels: {argocd.argoproj.io/instance: apps}'                                                             | Application apps (Argo CD)
        Argo CD, by mark  | 'annotations: {argocd.argoproj.io/tracking-id: "apps:autoscaling/HorizontalPodAutoscaler:shop/h"}'        | Argo CD (apps:autoscaling/HorizontalPodAutoscaler:shop/h)
        """)
    void whoWritesItBackIsKnown(String name, String metadata, String keeper) {
        assertThat(read(", " + metadata, "metrics: []").keeper().orElse(null)).isEqualTo(keeper);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        as we set it                | cpu: 60% of 1, set to 80%                                             | CPU 80 was 60 of 1
        somebody has set it since   | cpu: 60% of 1, set to 75%                                             | CPU 80
        for one container           | cpu/web: 60% of 1, set to 80%                                         | CPU 80
        among others                | memory: 70% of 512Mi, set to 90%; cpu: 64% of 1250m, set to 80%       | CPU 80 was 64 of 1250m
        not ours to read            | cpu from 60% to 80%                                                   | CPU 80
        no amount                   | cpu: 60% of x, set to 80%                                             | CPU 80
        """)
    void whatATargetStoodForIsKnown(String name, String annotation, String target) {
        HorizontalAutoscaler autoscaler = read(
                ", annotations: {trimtab.io/retuned: \"%s\"}".formatted(annotation),
                "metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization:"
                        + " 80}}}]");
        assertThat(shortForm(autoscaler.targets().getFirst())).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cpu: 60% of 1, set to 80%",
                "cpu: 50% of 1, set to 50%; min: 2, set to 6",
                "memory/web-1: 70% of 512Mi, set to 90%; cpu: 64% of 1250m, set to 80%"
            })
    void whatIsWrittenIsRead(String annotation) {
        assertThat(RetunedTargets.parse(annotation)).hasToString(annotation);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        as it was set          | min: 2, set to 6                            | 6 | 2
        beside a target        | cpu: 50% of 1, set to 50%; min: 0, set to 6 | 6 | 0
        somebody has set it    | min: 2, set to 6                            | 4 | 4
        nothing noted          | cpu: 50% of 1, set to 50%                   | 4 | 4
        not a number           | min: two, set to 6                          | 6 | 6
        the maximum came down  | min: 12, set to 9                           | 9 | 9
        """)
    void whatTheMinimumWasIsKnown(String name, String annotation, int minReplicas, int own) {
        HorizontalAutoscaler autoscaler = read(
                ", annotations: {trimtab.io/retuned: \"%s\"}".formatted(annotation),
                "minReplicas: %d, metrics: []".formatted(minReplicas));
        assertThat(autoscaler.minReplicas()).isEqualTo(minReplicas);
        assertThat(autoscaler.ownMinimum()).isEqualTo(own);
    }

    private static HorizontalAutoscaler read(String metadata, String spec) {
        String yaml =
                "---\n{kind: HorizontalPodAutoscaler, metadata: {name: h, namespace: shop%s}, spec: {%s, maxReplicas: 9, scaleTargetRef: {kind: Deployment, name: web}}}"
                        .formatted(metadata, spec);
        return AutoscalerMapping.autoscaler(YAML.unmarshal(yaml, HorizontalPodAutoscaler.class));
    }

    private static String shortForm(UtilizationTarget target) {
        return target.resource()
                + target.container().map(name -> "/" + name).orElse("")
                + " " + target.percent()
                + target.origin()
                        .map(origin -> " was %d of %s".formatted(origin.percent(), origin.request()))
                        .orElse("");
    }
}
