package io.trimtab.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.trimtab.actuate.kubernetes.DryRunActuator;
import io.trimtab.actuate.kubernetes.KubernetesActuator;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Money;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.ResourceAmount;
import io.trimtab.ingest.model.RetunedTargets;
import io.trimtab.ingest.model.UtilizationTarget;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Actuator;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.Reason;
import io.trimtab.recommend.Recommendation.Resize;
import io.trimtab.recommend.Recommendation.Retune;
import io.trimtab.recommend.Recommendation.Scale;
import io.trimtab.service.testbed.Testbed;
import io.trimtab.service.testbed.WithTestbed;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The writes, in a real control plane. Each test has a Deployment {@code web} of 2 pods with 200m and 128Mi, limited to 256Mi. */
class KubernetesActuatorTest {
    private static final Money NO_MONEY = Money.zero(Currency.getInstance("USD"));
    private static final Impact NO_IMPACT = new Impact(NO_MONEY, NO_MONEY);
    private static final List<Reason> REASONS = List.of(new PodReason.NoSamples());
    private static final Requirements BEFORE = requirements("200m", "128Mi");

    private KubernetesClient client;
    private WorkloadId web;

    @BeforeEach
    void runWeb(Testbed testbed) {
        client = testbed.client();
        web = new WorkloadId(testbed.namespace(), "Deployment", "web");
        testbed.addNode(testbed.namespace(), "2", "8Gi", Map.of());
        client.load(Testbed.class.getResourceAsStream("deployment.yaml"))
                .inNamespace(testbed.namespace())
                .create();
        client.apps().deployments().withName("web").waitUntilReady(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    @WithTestbed
    void scalesFromTheCountThatWasSeen() {
        Actuator actuator = new KubernetesActuator(client);
        assertThat(actuator.apply(scale(3, 5)))
                .isEqualTo(new Outcome.Refused(
                        web,
                        web + ": replicas 3 -> 5",
                        "it has 2 replicas by now, not 3; the next cycle decides again"));
        assertThat(DryRunActuator.on(client).apply(scale(2, 5)))
                .isEqualTo(new Outcome.DryRun(web, web + ": replicas 2 -> 5"));
        assertThat(replicas()).isEqualTo(2);
        assertThat(actuator.apply(scale(2, 5))).isEqualTo(new Outcome.Applied(web, web + ": replicas 2 -> 5"));
        assertThat(replicas()).isEqualTo(5);
        assertThat(actuator.apply(scale(2, 5))).isEqualTo(new Outcome.Skipped(web, web + " has 5 replicas already"));
        assertThat(actuator.apply(scale(5, 0))).isInstanceOf(Outcome.Applied.class);
        assertThat(replicas()).isZero();
    }

    @Test
    @WithTestbed
    void resizesRunningPodsInPlace() {
        Actuator actuator = new KubernetesActuator(client);
        List<String> before =
                pods().stream().map(pod -> pod.getMetadata().getUid()).sorted().toList();
        Resize resize = resize(BEFORE, requirements("100m", "192Mi"));
        String what =
                web + " container web: CPU request 200m -> 100m, memory request 128Mi -> 192Mi, in place in 2 pods";
        assertThat(DryRunActuator.on(client).apply(resize)).isEqualTo(new Outcome.DryRun(web, what));
        assertThat(requests("cpu")).containsOnly(new Quantity("200m"));
        assertThat(actuator.apply(resize)).isEqualTo(new Outcome.Applied(web, what));
        assertThat(requests("cpu")).hasSize(2).containsOnly(new Quantity("100m"));
        assertThat(requests("memory")).containsOnly(new Quantity("192Mi"));
        assertThat(pods().stream()
                        .map(pod -> pod.getMetadata().getUid())
                        .sorted()
                        .toList())
                .isEqualTo(before);
        assertThat(actuator.apply(resize))
                .isEqualTo(new Outcome.Skipped(web, "every running pod has these requests already"));
    }

    @Test
    @WithTestbed
    void whatTheClusterWillNotHaveIsRefused() {
        Actuator actuator = new KubernetesActuator(client);
        WorkloadId gone = new WorkloadId(web.namespace(), "Deployment", "gone");
        assertThat(actuator.apply(new Scale(gone, 2, 3, NO_IMPACT, REASONS)))
                .isEqualTo(new Outcome.Refused(gone, gone + ": replicas 2 -> 3", "not found; it was deleted"));
        assertThat(why(actuator.apply(resize(BEFORE, requirements("200m", "512Mi")))))
                .contains("pod web-", ": invalid (")
                .contains("memory limit");
        assertThat(why(actuator.apply(resize(BEFORE, requirements("3", "128Mi")))))
                .contains("enough allocatable resources: cpu");
        assertThat(requests("cpu")).containsOnly(new Quantity("200m"));
        assertThat(actuator.apply(new Resize(web, "other", BEFORE, requirements("1", "128Mi"), NO_IMPACT, REASONS)))
                .isEqualTo(new Outcome.Skipped(web, "no running pod has a container other"));
    }

    @Test
    @WithTestbed
    void withoutTheRightNothingIsWritten(Testbed testbed) {
        testbed.grant("reader", "view");
        try (KubernetesClient reader = testbed.asServiceAccount("reader")) {
            Actuator actuator = new KubernetesActuator(reader);
            assertThat(why(actuator.apply(scale(2, 5))))
                    .startsWith("forbidden (")
                    .contains("grant patch on deployments/scale to Trimtab's service account");
            assertThat(why(actuator.apply(resize(BEFORE, requirements("100m", "128Mi")))))
                    .startsWith("pod web-")
                    .contains("grant patch on pods/resize to Trimtab's service account");
            autoscale();
            assertThat(why(actuator.apply(retune(requirements("100m", "128Mi"), 40, 80))))
                    .startsWith("forbidden (")
                    .contains("grant patch on horizontalpodautoscalers to Trimtab's service account");
        }
        assertThat(replicas()).isEqualTo(2);
    }

    @Test
    @WithTestbed
    void requestsAndTheTargetAreWrittenTogetherAndUndoneTogether() {
        autoscale();
        Actuator actuator = new KubernetesActuator(client);
        Retune shrink = retune(requirements("100m", "128Mi"), 40, 80);
        String what = web + " container web: CPU request 200m -> 100m; target of autoscaler web on cpu 40 % -> 80 %";
        assertThat(DryRunActuator.on(client).apply(shrink))
                .isEqualTo(new Outcome.DryRun(web, what + ", in place in 2 pods"));
        assertThat(requests("cpu")).containsOnly(new Quantity("200m"));
        assertThat(target()).isEqualTo("40");
        assertThat(actuator.apply(shrink)).isEqualTo(new Outcome.Applied(web, what + ", in place in 2 pods"));
        assertThat(requests("cpu")).hasSize(2).containsOnly(new Quantity("100m"));
        assertThat(target()).isEqualTo("80 cpu: 40% of 200m, set to 80%");
        assertThat(actuator.apply(shrink))
                .isEqualTo(new Outcome.Skipped(
                        web, "every running pod has these requests and autoscaler web this target already"));

        Retune back = new Retune(
                web,
                "web",
                List.of(target(80, 40)),
                Optional.empty(),
                List.of(resize(requirements("100m", "128Mi"), BEFORE)),
                NO_IMPACT,
                REASONS);
        assertThat(actuator.apply(back)).isInstanceOf(Outcome.Applied.class);
        assertThat(requests("cpu")).containsOnly(new Quantity("200m"));
        assertThat(target()).as("nothing is left of it").isEqualTo("40");
    }

    @Test
    @WithTestbed
    void whereOneCannotBeWrittenNeitherIs() {
        autoscale();
        Actuator actuator = new KubernetesActuator(client);
        assertThat(why(actuator.apply(retune(requirements("100m", "128Mi"), 50, 80))))
                .isEqualTo("its target is 40 % by now, not 50 %; the next cycle decides again");
        assertThat(why(actuator.apply(retune(requirements("3", "128Mi"), 40, 30))))
                .contains("enough allocatable resources: cpu");
        assertThat(target()).as("no pod could grow, so it has its target again").isEqualTo("40");
        assertThat(requests("cpu")).containsOnly(new Quantity("200m"));
        client.autoscaling().v2().horizontalPodAutoscalers().withName("web").delete();
        assertThat(why(actuator.apply(retune(requirements("100m", "128Mi"), 40, 80))))
                .isEqualTo("the autoscaler was not found; it was deleted");
        assertThat(requests("cpu")).containsOnly(new Quantity("200m"));
    }

    private void autoscale() {
        client.resource("""
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: web}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
              minReplicas: 2
              maxReplicas: 6
              metrics:
                - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 40}}}
                - {type: Resource, resource: {name: memory, target: {type: AverageValue, averageValue: 1Gi}}}
            """).create();
    }

    /** The CPU target in percent, and what is noted of it. */
    private String target() {
        var autoscaler = client.autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .withName("web")
                .get();
        assertThat(autoscaler.getSpec().getMetrics()).hasSize(2);
        Integer percent = autoscaler
                .getSpec()
                .getMetrics()
                .getFirst()
                .getResource()
                .getTarget()
                .getAverageUtilization();
        Map<String, String> annotations = autoscaler.getMetadata().getAnnotations();
        String noted = annotations == null ? "" : annotations.getOrDefault(RetunedTargets.ANNOTATION, "");
        return (percent + " " + noted).strip();
    }

    private Retune retune(Requirements to, int fromPercent, int toPercent) {
        return new Retune(
                web,
                "web",
                List.of(target(fromPercent, toPercent)),
                Optional.empty(),
                List.of(resize(BEFORE, to)),
                NO_IMPACT,
                REASONS);
    }

    private static Retune.Target target(int from, int to) {
        return new Retune.Target(
                Resource.CPU,
                Optional.empty(),
                from,
                to,
                new UtilizationTarget.Origin(40, new ResourceAmount(Resource.CPU, 200)));
    }

    private Scale scale(int from, int to) {
        return new Scale(web, from, to, NO_IMPACT, REASONS);
    }

    private Resize resize(Requirements from, Requirements to) {
        return new Resize(web, "web", from, to, NO_IMPACT, REASONS);
    }

    private int replicas() {
        return client.apps().deployments().withName("web").get().getSpec().getReplicas();
    }

    private List<Pod> pods() {
        return client.pods().withLabel("app", "web").list().getItems();
    }

    private List<Quantity> requests(String resource) {
        return pods().stream()
                .map(pod -> pod.getSpec()
                        .getContainers()
                        .getFirst()
                        .getResources()
                        .getRequests()
                        .get(resource))
                .toList();
    }

    private static String why(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).why();
    }

    private static Requirements requirements(String cpu, String memory) {
        return new Requirements(
                Optional.of(MilliCores.parse(cpu)),
                Optional.of(Bytes.parse(memory)),
                Optional.empty(),
                Optional.of(Bytes.parse("256Mi")),
                GpuMilli.ZERO);
    }
}
