package io.trimtab.recommend.replicas;

import io.trimtab.recommend.cron.CronPeriod;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** At least so many replicas while a period lasts. */
public record ReplicaFloor(CronPeriod period, int min) {
    public ReplicaFloor {
        if (min < 1) throw new IllegalArgumentException("min (%d) must be >= 1".formatted(min));
    }

    /**
     * A floor that holds now.
     *
     * @param schedule cron line and time zone
     * @param until the moment of its end, which is outside
     */
    record InForce(int min, String schedule, Instant until) {}

    /** The highest of those that hold at a moment; of equal ones the first of those that last the longest. */
    static Optional<InForce> at(Instant now, List<ReplicaFloor> floors) {
        return floors.stream()
                .flatMap(floor -> floor.inForce(now))
                .sorted(Comparator.comparingInt(InForce::min)
                        .thenComparing(InForce::until)
                        .reversed())
                .findFirst();
    }

    private Stream<InForce> inForce(Instant now) {
        return period.openUntil(now).stream().map(until -> new InForce(min, period.schedule(), until));
    }
}
