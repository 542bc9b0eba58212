package io.trimtab.ingest.model;

/** What Trimtab may do; each mode allows what the ones before it allow. Written as a policy has it: {@code Recommend}. */
public enum Mode {
    /** Watch and forecast. */
    OBSERVE("Observe"),
    /** Also say what should change. */
    RECOMMEND("Recommend"),
    /** Also change it, within the guards. */
    APPLY("Apply");

    private final String word;

    Mode(String word) {
        this.word = word;
    }

    @Override
    public String toString() {
        return word;
    }
}
