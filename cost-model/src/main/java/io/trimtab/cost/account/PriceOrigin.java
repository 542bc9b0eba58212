package io.trimtab.cost.account;

/** How well the price of a node is known. */
public enum PriceOrigin {
    LISTED("listed"),
    /** As the user says. */
    GIVEN("given"),
    /** Estimated from other sizes or generations of its type. */
    BY_FAMILY("estimated-by-family"),
    /** Estimated from what a core, a GiB and a device cost on average. */
    BY_COMPONENTS("estimated-by-components");

    private final String label;

    PriceOrigin(String label) {
        this.label = label;
    }

    /** As the ledger has it. */
    public String label() {
        return label;
    }

    public boolean isEstimate() {
        return this == BY_FAMILY || this == BY_COMPONENTS;
    }
}
