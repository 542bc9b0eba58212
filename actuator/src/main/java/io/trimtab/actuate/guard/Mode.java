package io.trimtab.actuate.guard;

/** What Trimtab may do; each mode allows what the ones before it allow. */
public enum Mode {
    /** Watch and forecast. */
    OBSERVE,
    /** Also say what should change. */
    RECOMMEND,
    /** Also change it, within the guards. */
    APPLY
}
