package io.trimtab.cost.account;

import io.trimtab.cost.allocation.AllocationRequest.Span;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;

/**
 * What a pod came to so far. Whole numbers of small units, so that no order of adding changes a sum.
 *
 * @param cpu in billionths of a core times milliseconds
 * @param memory in KiB times milliseconds
 * @param gpuCharged in billionths of a device times milliseconds
 * @param carriedMillis of its time, how much rests on values carried over a gap
 */
public record PodTally(
        PodHour.Pod pod, Instant start, Instant end, Units cpu, Units memory, long gpuCharged, long carriedMillis) {
    static final BigDecimal CORE_HOUR = BigDecimal.valueOf(1_000_000_000L * 3_600_000L);
    static final BigDecimal GIB_HOUR = BigDecimal.valueOf((1L << 20) * 3_600_000L);
    static final BigDecimal GPU_HOUR = BigDecimal.valueOf(1_000_000_000L * 3_600_000L);

    /** Requested, used and charged. */
    public record Units(long requested, long used, long charged) {
        static final Units NONE = new Units(0, 0, 0);

        Units plus(Units other) {
            return new Units(
                    Math.addExact(requested, other.requested),
                    Math.addExact(used, other.used),
                    Math.addExact(charged, other.charged));
        }

        Units times(long millis) {
            return new Units(
                    Math.multiplyExact(requested, millis),
                    Math.multiplyExact(used, millis),
                    Math.multiplyExact(charged, millis));
        }

        Amounts in(BigDecimal unit) {
            return new Amounts(part(requested, unit), part(used, unit), part(charged, unit));
        }
    }

    static PodTally begun(PodHour.Pod pod, Instant start) {
        return new PodTally(pod, start, start, Units.NONE, Units.NONE, 0, 0);
    }

    /** With a span, at each moment of which it had the given units. */
    PodTally plus(Span span, Units moreCpu, Units moreMemory, long moreGpu, boolean carried) {
        long millis = millis(span);
        return new PodTally(
                pod,
                start,
                span.end(),
                cpu.plus(moreCpu.times(millis)),
                memory.plus(moreMemory.times(millis)),
                Math.addExact(gpuCharged, Math.multiplyExact(moreGpu, millis)),
                carriedMillis + (carried ? millis : 0));
    }

    static long millis(Span span) {
        return Duration.between(span.start(), span.end()).toMillis();
    }

    static BigDecimal part(long units, BigDecimal unit) {
        return BigDecimal.valueOf(units).divide(unit, Amounts.SCALE, RoundingMode.HALF_UP);
    }
}
