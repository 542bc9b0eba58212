package io.trimtab.ingest.model;

/** What a language runtime, a GPU or a server tells of itself. */
public enum RuntimeMetric {
    JVM_HEAP_USED("JVM heap in use", "bytes"),
    JVM_HEAP_AFTER_GC("JVM heap after the last collection", "bytes"),
    JVM_NON_HEAP_USED("JVM memory beside the heap that it counts itself", "bytes"),
    GO_HEAP_IN_USE("Go heap in use", "bytes"),
    GO_HEAP_ALLOCATED("Go heap allocated, live or not yet swept", "bytes"),
    GO_MEMORY("all memory that Go's runtime took", "bytes"),
    NODE_HEAP_USED("Node.js heap in use", "bytes"),
    GPU_UTILISATION("part of the time in which the GPU was busy", "ratio"),
    GPU_ENGINE_ACTIVE("part of the time in which the GPU's engine, or a MIG slice's, was active", "ratio"),
    GPU_MEMORY_USED("GPU memory in use", "bytes"),
    /** Asked for where an annotation names its metric, or a monitor has the pods scraped. */
    REQUESTS("requests", "1/s"),
    /** Likewise. */
    LATENCY_P95("95 % of the requests take at most", "s");

    private final String words;
    private final String unit;

    RuntimeMetric(String words, String unit) {
        this.words = words;
        this.unit = unit;
    }

    public String words() {
        return words;
    }

    public String unit() {
        return unit;
    }
}
