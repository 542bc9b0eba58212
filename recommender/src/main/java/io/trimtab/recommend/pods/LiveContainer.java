package io.trimtab.recommend.pods;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import java.util.Optional;

/** A container of a running pod and what is recommended for it; bounds are of what its request may stay at. */
public record LiveContainer(String name, Amounts request, Amounts target, Amounts lower, Amounts upper) {
    /** CPU and memory, where given. */
    public record Amounts(Optional<MilliCores> cpu, Optional<Bytes> memory) {
        public static final Amounts NONE = new Amounts(Optional.empty(), Optional.empty());
    }
}
