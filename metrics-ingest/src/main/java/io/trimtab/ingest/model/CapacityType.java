package io.trimtab.ingest.model;

/** How a node's machine is bought. */
public enum CapacityType {
    ON_DEMAND("on-demand"),
    SPOT("spot");

    private final String label;

    CapacityType(String label) {
        this.label = label;
    }

    /** {@code on-demand} or {@code spot}, as Karpenter's label has it. */
    public String label() {
        return label;
    }
}
