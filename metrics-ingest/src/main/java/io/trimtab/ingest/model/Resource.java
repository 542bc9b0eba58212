package io.trimtab.ingest.model;

import java.util.List;

/** A resource whose usage is sampled; {@code unit} is that of the samples. */
public enum Resource {
    CPU("cores"),
    MEMORY("bytes"),
    /** How many GPUs' worth are busy: two that are busy half of the time are one. A slice of a GPU counts as one that is there. */
    GPU("GPUs");

    /** Those whose requests are decided. */
    public static final List<Resource> SIZED = List.of(CPU, MEMORY);

    private final String unit;

    Resource(String unit) {
        this.unit = unit;
    }

    public String unit() {
        return unit;
    }
}
