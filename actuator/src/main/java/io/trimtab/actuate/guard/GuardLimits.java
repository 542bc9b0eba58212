package io.trimtab.actuate.guard;

/**
 * How much may be done.
 *
 * @param podsPer10Minutes share of the cluster's pods that acts of ten minutes may touch, in 0..1
 * @param perWorkloadPerDay acts on one subject (a container, or the replica count) of one workload within 24 hours
 */
public record GuardLimits(double podsPer10Minutes, int perWorkloadPerDay) {
    /** The defaults of a ScalingPolicy: 5 % and 2. */
    public static final GuardLimits DEFAULT = new GuardLimits(0.05, 2);

    public GuardLimits {
        if (!(podsPer10Minutes >= 0 && podsPer10Minutes <= 1)) {
            throw new IllegalArgumentException(
                    "pods per 10 minutes (%s) must be a share in 0..1".formatted(podsPer10Minutes));
        }
        if (perWorkloadPerDay < 0)
            throw new IllegalArgumentException(
                    "acts per workload per day (%d) must be >= 0".formatted(perWorkloadPerDay));
    }
}
