package io.trimtab.recommend.pods;

/** Whose rule decides. */
public enum SizingPolicy {
    /** The stock VPA's, with its documented defaults. */
    VPA,
    /** KRR's simple strategy, with its documented defaults. */
    KRR,
    /** The VPA's, with memory raised to the accepted risk, and a Java process sized by what its heap holds. */
    TRIMTAB
}
