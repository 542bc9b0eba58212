package io.trimtab.forecast;

import io.trimtab.forecast.DemandOutlook.Joint;
import io.trimtab.forecast.DemandOutlook.Pooling;
import io.trimtab.forecast.online.Level;
import io.trimtab.forecast.online.Outlook;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Compares a sum with what its members would need one by one. */
final class Members {
    /** Few, as a namespace may have thousands of members. */
    private static final List<Duration> HORIZONS = List.of(
            Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofHours(6), Duration.ofDays(1), Duration.ofDays(7));

    private Members() {}

    /** @param share of the series that is in the sum, above 0 */
    record Member(Followed series, double share) {}

    /** Empty where nothing is summed up. */
    static Optional<Pooling> pooling(DemandOutlook sum, List<Member> members) {
        if (members.isEmpty()) return Optional.empty();
        return Optional.of(new Pooling(
                members.size(),
                sum.series().ahead().stream()
                        .filter(ahead -> HORIZONS.contains(ahead.horizon()))
                        .map(ahead -> joint(ahead, members))
                        .toList()));
    }

    private static Joint joint(SeriesOutlook.Ahead ahead, List<Member> members) {
        double value = 0;
        double maximum = 0;
        for (Member member : members) {
            Outlook outlook = member.series().forecast(ahead.horizon());
            value += member.share() * outlook.value(Level.P95);
            maximum += member.share() * outlook.maximum(Level.P95);
        }
        Outlook outlook = ahead.outlook();
        return new Joint(
                ahead.horizon(),
                outlook.value(Level.P95),
                Math.min(value, Double.MAX_VALUE),
                outlook.maximum(Level.P95),
                Math.min(maximum, Double.MAX_VALUE));
    }
}
