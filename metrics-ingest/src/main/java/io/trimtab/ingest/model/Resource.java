package io.trimtab.ingest.model;

/** A resource whose usage is sampled; {@code unit} is that of the samples. */
public enum Resource {
    CPU("cores"),
    MEMORY("bytes"),
    /** How many GPUs' worth are busy: two that are busy half of the time are one. A slice of a GPU counts as one that is there. */
    GPU("GPUs");

    private final String unit;

    Resource(String unit) {
        this.unit = unit;
    }

    public String unit() {
        return unit;
    }
}
