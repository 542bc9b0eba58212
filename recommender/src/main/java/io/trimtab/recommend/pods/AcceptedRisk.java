package io.trimtab.recommend.pods;

/**
 * What a policy accepts for the sake of money, of each pod.
 *
 * @param oomPerWeek chance in 0..1 to be killed for memory within 7 days
 * @param throttledMinutesPerDay minutes a day, 0..1440, in which it gets less CPU than it wants
 */
public record AcceptedRisk(double oomPerWeek, double throttledMinutesPerDay) {
    public static final AcceptedRisk DEFAULT = new AcceptedRisk(0.01, 5);

    public AcceptedRisk {
        if (!(oomPerWeek > 0 && oomPerWeek < 1))
            throw new IllegalArgumentException("oomPerWeek (%s) must be between 0 and 1".formatted(oomPerWeek));
        if (!(throttledMinutesPerDay > 0 && throttledMinutesPerDay < 1440))
            throw new IllegalArgumentException(
                    "throttledMinutesPerDay (%s) must be between 0 and 1440".formatted(throttledMinutesPerDay));
    }
}
