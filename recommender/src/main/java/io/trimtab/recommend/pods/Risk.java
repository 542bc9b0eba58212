package io.trimtab.recommend.pods;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.Distribution;
import java.util.Optional;

/** What limits do to demand, from the distribution of what was used. A bucket that reaches beyond the limit counts as beyond it, so a risk is rather over- than understated. */
final class Risk {
    private static final int DAYS = 7;
    private static final double MINUTES = 1440;

    private Risk() {}

    /** The chance, 0..1, that at least one of a pod's daily peaks of a week exceeds the limit; 0 without a limit. */
    static double oomPerWeek(Distribution peaks, Optional<Bytes> limit) {
        return limit.map(bytes -> 1 - Math.pow(1 - peaks.shareAbove((double) bytes.value()), DAYS))
                .orElse(0.0);
    }

    /** The least memory with which {@link #oomPerWeek} is no more than accepted. */
    static Bytes memoryFor(Distribution peaks, double acceptedPerWeek) {
        double acceptedPerDay = 1 - Math.pow(1 - acceptedPerWeek, 1.0 / DAYS);
        return new Bytes((long) Math.ceil(peaks.quantile(1 - acceptedPerDay)));
    }

    /** Minutes a day in which CPU usage exceeds the limit; 0 without a limit. */
    static double throttledMinutesPerDay(Distribution cpu, Optional<MilliCores> limit) {
        return limit.map(milli -> MINUTES * cpu.shareAbove(milli.value() / 1000.0))
                .orElse(0.0);
    }
}
