package io.trimtab.service.loop;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import java.util.Locale;
import java.util.Optional;

/** Amounts as people read them. */
final class Amounts {
    private static final String NONE = "none";
    private static final long MEBI = 1L << 20;

    private Amounts() {}

    /** Exact where it is whole MiB or GiB, else to a tenth of a MiB. */
    static String of(Bytes bytes) {
        if (bytes.value() % MEBI == 0 || bytes.value() < MEBI) return bytes.toString();
        return String.format(Locale.ROOT, "%.1fMi", (double) bytes.value() / MEBI);
    }

    static String cpu(Optional<MilliCores> cpu) {
        return cpu.map(MilliCores::toString).orElse(NONE);
    }

    static String memory(Optional<Bytes> memory) {
        return memory.map(Amounts::of).orElse(NONE);
    }
}
