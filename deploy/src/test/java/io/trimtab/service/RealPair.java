package io.trimtab.service;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.trimtab.ingest.model.Mode;
import io.trimtab.service.config.Settings;
import io.trimtab.service.testbed.PrometheusServer;
import io.trimtab.service.testbed.Testbed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Something to decide about, and the Prometheus that measured it. A Deployment {@code web} of 2 pods asks for 1 core and 2 GiB (limit 4 GiB) and has used 300m and
 * 900 MiB for 26 hours; its autoscaler wants 20 % of the CPU request. 60 more pods stand by, so that the guards' budget of 5 % of the pods lets both acts through.
 */
public final class RealPair implements AutoCloseable {
    public static final int HOURS = 26;

    static final double CORES = 0.3;
    static final double MEMORY_BYTES = 900 * 1048576.0;

    /** By the accepted risk: four peaks are known, and 1 % a week is accepted. */
    public static final long MEMORY_NEEDED =
            (long) Math.ceil(MEMORY_BYTES * Math.pow(1 / (5 * (1 - Math.pow(0.99, 1 / 7.0))), 0.03));

    private static final int STEP_SECONDS = 60;

    private final Testbed testbed;
    private final KubernetesClient client;
    private final PrometheusServer prometheus;

    private RealPair(Testbed testbed, KubernetesClient client, PrometheusServer prometheus) {
        this.testbed = testbed;
        this.client = client;
        this.prometheus = prometheus;
    }

    /**
     * Runs the pods, on a node of their own, then the Prometheus.
     * @param folder takes the history
     */
    public static RealPair run(Testbed testbed, Path folder) throws IOException, InterruptedException {
        KubernetesClient client = testbed.client();
        if (client.nodes().withName(testbed.namespace()).get() == null)
            testbed.addNode(
                    testbed.namespace(), "16", "64Gi", Map.of("node.kubernetes.io/instance-type", "m5.4xlarge"));
        client.load(RealPair.class.getResourceAsStream("real-pair.yaml"))
                .inNamespace(testbed.namespace())
                .create();
        client.apps().deployments().withName("web").waitUntilReady(60, TimeUnit.SECONDS);
        client.apps().deployments().withName("bystander").waitUntilReady(60, TimeUnit.SECONDS);
        ReadyPods.forAnHour(client, web(client));
        Path history = history(testbed.namespace(), web(client), folder);
        return new RealPair(testbed, client, PrometheusServer.withHistory(history));
    }

    public PrometheusServer prometheus() {
        return prometheus;
    }

    public KubernetesClient client() {
        return client;
    }

    /** Of a service that looks at it. */
    public Settings settings(Mode mode, Path kubeconfig) {
        return settings(mode, new Settings.Kubernetes(Optional.of(kubeconfig)));
    }

    /** Of a service that looks at it, and is perhaps looked at by its API server. */
    public Settings settings(Mode mode, Settings.Kubernetes kubernetes) {
        return new Settings(
                0,
                "127.0.0.1",
                mode,
                Duration.ofSeconds(2),
                new Settings.Source.Real(
                        kubernetes,
                        new Settings.Prometheus(prometheus.uri(), Optional.empty(), Map.of()),
                        Duration.ofHours(HOURS),
                        Duration.ofSeconds(STEP_SECONDS)));
    }

    /** The pods of the Deployment. */
    public List<Pod> web() {
        return web(client);
    }

    /** Removes everything but the node. */
    @Override
    public void close() throws IOException, InterruptedException {
        prometheus.close();
        client.apps().deployments().delete();
        client.autoscaling().v2().horizontalPodAutoscalers().delete();
        client.pods().withTimeout(30, TimeUnit.SECONDS).delete();
        client.close();
    }

    private static List<Pod> web(KubernetesClient client) {
        return client.pods().withLabel("app", "web").list().getItems();
    }

    /** OpenMetrics text: what cAdvisor would have shown up to a quarter of an hour from now, so that the newest sample is never old. */
    private static Path history(String namespace, List<Pod> pods, Path folder) throws IOException {
        Instant end = InstantSource.system().instant().plus(Duration.ofMinutes(15));
        StringBuilder cpu = new StringBuilder("# TYPE container_cpu_usage_seconds counter\n");
        StringBuilder memory = new StringBuilder("# TYPE container_memory_working_set_bytes gauge\n");
        for (Pod pod : pods) {
            String labels = "{namespace=\"%s\",pod=\"%s\",container=\"web\",image=\"web\"}"
                    .formatted(namespace, pod.getMetadata().getName());
            long first = end.getEpochSecond() - HOURS * 3600L - 1200;
            for (long at = first; at <= end.getEpochSecond(); at += STEP_SECONDS) {
                cpu.append("container_cpu_usage_seconds_total%s %.3f %d\n".formatted(labels, CORES * (at - first), at));
                memory.append("container_memory_working_set_bytes%s %.0f %d\n".formatted(labels, MEMORY_BYTES, at));
            }
        }
        return Files.writeString(
                folder.resolve("history.om"), cpu.append(memory).append("# EOF\n"));
    }
}
