package io.trimtab.recommend.pods;

/** Whose rule decides. */
public enum SizingPolicy {
    /** The stock VPA's, with its documented defaults. */
    VPA,
    /** KRR's simple strategy, with its documented defaults. */
    KRR,
    /** The least that keeps the accepted risk; a Java process is sized by what its heap holds. */
    TRIMTAB
}
