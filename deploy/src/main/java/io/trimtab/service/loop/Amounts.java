package io.trimtab.service.loop;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import java.util.Optional;

/** Amounts as people read them. */
final class Amounts {
    private static final String NONE = "none";

    private Amounts() {}

    static String cpu(Optional<MilliCores> cpu) {
        return cpu.map(MilliCores::toString).orElse(NONE);
    }

    static String memory(Optional<Bytes> memory) {
        return memory.map(Bytes::rounded).orElse(NONE);
    }
}
