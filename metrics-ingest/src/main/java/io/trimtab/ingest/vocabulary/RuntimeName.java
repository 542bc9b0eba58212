package io.trimtab.ingest.vocabulary;

import io.trimtab.ingest.model.RuntimeMetric;
import java.util.List;
import java.util.stream.Stream;

/**
 * A name under which a Prometheus holds what a runtime tells of itself, with the container that tells it in labels.
 *
 * @param matcher of its labels, in PromQL; empty: none
 * @param parts labels that tell the parts of one container's value apart, such as pools; parts are added up
 * @param averaged whether the parts' mean counts in place of their sum
 * @param scale to the metric's unit
 * @param labels that name the container
 * @see "Prometheus client_java, JVM instrumentation; Micrometer, JVM metrics"
 * @see "Prometheus client_golang, collectors; prom-client of Node.js, default metrics"
 * @see "OpenTelemetry semantic conventions, runtime: JVM, Go, V8 JS"
 * @see "NVIDIA dcgm-exporter, etc/default-counters.csv; Multi-Instance GPU adds the label GPU_I_ID"
 */
public record RuntimeName(
        RuntimeMetric metric,
        String name,
        String matcher,
        List<String> parts,
        boolean averaged,
        double scale,
        ContainerLabels labels) {
    /** As a Prometheus renames them where the exporter's own pod has labels of the same names. */
    private static final ContainerLabels EXPORTED =
            new ContainerLabels("exported_namespace", "exported_pod", "exported_container");

    private static final List<String> POOLS = List.of("id", "pool");
    private static final List<String> POOLS_OF_OTEL = List.of("jvm_memory_pool_name");
    private static final List<String> DEVICES = List.of("UUID", "gpu", "GPU_I_ID");
    private static final double PERCENT = 0.01;
    private static final double MEBIBYTE = 1L << 20;

    private static final List<RuntimeName> ALL = Stream.of(
                    jvm(RuntimeMetric.JVM_HEAP_USED, "heap", "heap"),
                    Stream.of(
                            sum(RuntimeMetric.JVM_HEAP_AFTER_GC, "jvm_memory_pool_collection_used_bytes", "", POOLS),
                            sum(RuntimeMetric.JVM_HEAP_AFTER_GC, "jvm_gc_live_data_size_bytes", "", List.of()),
                            sum(
                                    RuntimeMetric.JVM_HEAP_AFTER_GC,
                                    "jvm_memory_used_after_last_gc_bytes",
                                    "jvm_memory_type=\"heap\"",
                                    POOLS_OF_OTEL)),
                    jvm(RuntimeMetric.JVM_NON_HEAP_USED, "nonheap", "non_heap"),
                    Stream.of(
                            sum(RuntimeMetric.GO_HEAP_IN_USE, "go_memstats_heap_inuse_bytes", "", List.of()),
                            sum(RuntimeMetric.GO_HEAP_ALLOCATED, "go_memstats_heap_alloc_bytes", "", List.of()),
                            sum(RuntimeMetric.GO_MEMORY, "go_memstats_sys_bytes", "", List.of()),
                            sum(RuntimeMetric.GO_MEMORY, "go_memory_used_bytes", "", List.of("go_memory_type")),
                            sum(RuntimeMetric.NODE_HEAP_USED, "nodejs_heap_size_used_bytes", "", List.of()),
                            sum(
                                    RuntimeMetric.NODE_HEAP_USED,
                                    "v8js_memory_heap_used_bytes",
                                    "",
                                    List.of("v8js_heap_space_name"))),
                    gpu(RuntimeMetric.GPU_UTILISATION, "DCGM_FI_DEV_GPU_UTIL", true, PERCENT),
                    gpu(RuntimeMetric.GPU_ENGINE_ACTIVE, "DCGM_FI_PROF_GR_ENGINE_ACTIVE", true, 1),
                    gpu(RuntimeMetric.GPU_MEMORY_USED, "DCGM_FI_DEV_FB_USED", false, MEBIBYTE))
            .flatMap(names -> names)
            .toList();

    public RuntimeName {
        parts = List.copyOf(parts);
    }

    /** All that are known, in the metrics' order. */
    public static List<RuntimeName> all() {
        return ALL;
    }

    private static Stream<RuntimeName> jvm(RuntimeMetric metric, String area, String type) {
        String ofArea = "area=\"%s\"".formatted(area);
        return Stream.of(
                sum(metric, "jvm_memory_used_bytes", ofArea, POOLS),
                sum(metric, "jvm_memory_bytes_used", ofArea, POOLS),
                sum(metric, "jvm_memory_used_bytes", "jvm_memory_type=\"%s\"".formatted(type), POOLS_OF_OTEL));
    }

    private static Stream<RuntimeName> gpu(RuntimeMetric metric, String name, boolean averaged, double scale) {
        return Stream.of(ContainerLabels.PROMETHEUS, EXPORTED)
                .map(labels -> new RuntimeName(metric, name, "", DEVICES, averaged, scale, labels));
    }

    private static RuntimeName sum(RuntimeMetric metric, String name, String matcher, List<String> parts) {
        return new RuntimeName(metric, name, matcher, parts, false, 1, ContainerLabels.PROMETHEUS);
    }

    /** For people. */
    @Override
    public String toString() {
        return matcher.isEmpty() ? name : "%s{%s}".formatted(name, matcher);
    }
}
