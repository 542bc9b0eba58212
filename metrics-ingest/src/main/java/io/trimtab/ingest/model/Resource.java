package io.trimtab.ingest.model;

/** A resource whose usage is sampled; {@code unit} is that of the samples. */
public enum Resource {
    CPU("cores"),
    MEMORY("bytes");

    private final String unit;

    Resource(String unit) {
        this.unit = unit;
    }

    public String unit() {
        return unit;
    }
}
