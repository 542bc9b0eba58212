package io.trimtab.service.bench;

import io.airlift.compress.v3.snappy.SnappyJavaCompressor;
import io.trimtab.ingest.remotewrite.Payload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a Prometheus pushes of a cluster, round after round: a CPU and a memory sample of each container, with cAdvisor's labels, 2,000 to a request as remote
 * write 1.0. A round is 15 s.
 */
final class Traffic {
    static final int SAMPLES_PER_REQUEST = 2_000;
    static final int ROUND_MILLIS = 15_000;

    private final byte[][] labels;
    private final double[] amounts;
    private final SplittableRandom random = new SplittableRandom(1);
    private final SnappyJavaCompressor snappy = new SnappyJavaCompressor();

    /** @param series of which half are CPU */
    Traffic(int series) {
        labels = new byte[series][];
        amounts = new double[series];
        for (int i = 0; i < series; i++) labels[i] = labels(i);
    }

    int series() {
        return labels.length;
    }

    /** The requests of one round, compressed. */
    List<byte[]> round(long atMillis) {
        List<byte[]> requests = new ArrayList<>();
        for (int from = 0; from < labels.length; from += SAMPLES_PER_REQUEST) {
            Payload request = new Payload();
            for (int i = from; i < Math.min(labels.length, from + SAMPLES_PER_REQUEST); i++) {
                boolean cpu = i % 2 == 0;
                amounts[i] = cpu ? amounts[i] + random.nextDouble(4) : random.nextInt(1 << 30);
                byte[] sample = new Payload()
                        .point(new Payload.Point(atMillis, amounts[i]))
                        .toBytes();
                byte[] series = Arrays.copyOf(labels[i], labels[i].length + sample.length + 2);
                series[labels[i].length] = 2 << 3 | 2;
                series[labels[i].length + 1] = (byte) sample.length;
                System.arraycopy(sample, 0, series, labels[i].length + 2, sample.length);
                request.bytes(1, series);
            }
            requests.add(compressed(request.toBytes()));
        }
        return requests;
    }

    private byte[] compressed(byte[] message) {
        byte[] block = new byte[snappy.maxCompressedLength(message.length)];
        return Arrays.copyOf(block, snappy.compress(message, 0, message.length, block, 0, block.length));
    }

    private byte[] labels(int index) {
        int container = index / 2;
        String pod = "checkout-%d-%08x-%05d".formatted(container % 300, container % 300 * 0x9e3779b9, container);
        String id = "%016x%016x".formatted(random.nextLong(), random.nextLong());
        String[] pairs = {
            "__name__",
            index % 2 == 0 ? "container_cpu_usage_seconds_total" : "container_memory_working_set_bytes",
            "container",
            "app",
            "endpoint",
            "https-metrics",
            "id",
            "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod%s.slice/cri-containerd-%s%s.scope"
                    .formatted(id, id, id),
            "image",
            "registry.example/shop/checkout-%d:v1.%d".formatted(container % 300, container % 7),
            "instance",
            "10.0.%d.%d:10250".formatted(container / 30 % 250, container % 250),
            "job",
            "kubelet",
            "metrics_path",
            "/metrics/cadvisor",
            "name",
            id + id,
            "namespace",
            "shop-" + container % 40,
            "node",
            "node-" + container / 30,
            "pod",
            pod,
            "prometheus",
            "monitoring/main",
            "prometheus_replica",
            "main-0",
            "service",
            "kubelet"
        };
        Payload series = new Payload();
        for (int i = 0; i < pairs.length; i += 2) {
            String name = pairs[i];
            String value = pairs[i + 1];
            series.message(1, label -> label.text(1, name).text(2, value));
        }
        return series.toBytes();
    }
}
