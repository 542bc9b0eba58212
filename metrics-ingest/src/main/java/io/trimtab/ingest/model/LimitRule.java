package io.trimtab.ingest.model;

import io.trimtab.cost.units.Bytes;

/** What becomes of a limit when its request changes. */
public sealed interface LimitRule {
    /** There is none. */
    record None() implements LimitRule {}

    /** It keeps its ratio to the request, as with the VPA's {@code RequestsAndLimits}; where there is none, none is made. */
    record Ratio() implements LimitRule {}

    /** It stays, and the request stays at or below it, as with the VPA's {@code RequestsOnly}. */
    record Keep() implements LimitRule {}

    /** It is the request and this much more; for memory only. */
    record Plus(Bytes headroom) implements LimitRule {}
}
