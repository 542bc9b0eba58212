package io.trimtab.recommend.replicas;

import io.trimtab.forecast.PastUse;
import io.trimtab.forecast.Pasts;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.replicas.ForecastChoice.Chosen;
import io.trimtab.recommend.replicas.ForecastChoice.NotTried;
import io.trimtab.recommend.replicas.ForecastChoice.TooShort;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Remembers what has been found out about forecasts of each workload's use. Finding it out takes milliseconds, so each round does it for some workloads,
 * those first that have waited longest; for those that nobody has looked at yet, as after a restart, a forecast adds nothing. Not safe for threads.
 */
public final class Foresights {
    /** How long what was found out holds. */
    private static final Duration HOLDS = Duration.ofHours(1);

    /** There may soon be values enough. */
    private static final Duration HOLDS_TOO_SHORT = Duration.ofMinutes(10);

    /** A number stands until the next round. */
    private static final Duration SYNC = PastUse.STEP;

    /** Older values say nothing of now. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    /** In steps. */
    private static final double MOST_AHEAD =
            (double) FRESH.plus(PastUse.LONGEST_START).plus(SYNC).toMinutes() / PastUse.STEP.toMinutes();

    /** In a round at most this part of the workloads is looked at, but as many as cost next to nothing. */
    private static final int ROUNDS = 60;

    private static final int FEW = 20;

    private final Map<WorkloadId, Kept> kept = new HashMap<>();

    private record Kept(ForecastChoice choice, Instant at) {
        Instant until() {
            return at.plus(choice instanceof TooShort ? HOLDS_TOO_SHORT : HOLDS);
        }
    }

    /** @param capacity cores that one pod carries when it is exactly at the target */
    public record Candidate(WorkloadId workload, double capacity) {}

    /** Tries forecasts on the pasts of those whose turn it is, and forgets all that are no candidates. */
    public void look(List<Candidate> candidates, Pasts pasts, Instant now) {
        Set<WorkloadId> there =
                candidates.stream().map(Candidate::workload).collect(Collectors.toCollection(HashSet::new));
        kept.keySet().retainAll(there);
        List<Candidate> turn = candidates.stream()
                .filter(it -> it.capacity() > 0 && !until(it).isAfter(now))
                .sorted(Comparator.comparing(this::until).thenComparing(Candidate::workload))
                .limit(Math.max(FEW, candidates.size() / ROUNDS + 1))
                .toList();
        Map<WorkloadId, Kept> found = turn.parallelStream()
                .flatMap(it -> pasts.past(it.workload(), PastUse.MINUTES).stream()
                        .map(use -> Map.entry(it.workload(), new Kept(choice(it, use, now), now))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        kept.putAll(found);
    }

    private Instant until(Candidate candidate) {
        return Optional.ofNullable(kept.get(candidate.workload()))
                .map(Kept::until)
                .orElse(Instant.MIN);
    }

    private static ForecastChoice choice(Candidate candidate, PastUse past, Instant now) {
        return ForecastChoice.of(DemandSeries.of(past, ahead(past, now)), OptionalDouble.of(candidate.capacity()));
    }

    /** What is known of a workload's demand to come; empty without a value of the last minutes. */
    public Optional<PastDemand> demand(WorkloadId workload, Pasts pasts, Instant now) {
        ForecastChoice choice =
                Optional.ofNullable(kept.get(workload)).map(Kept::choice).orElse(new NotTried());
        return pasts.past(workload, reach(choice))
                .filter(it -> !it.newest().isBefore(now.minus(FRESH)))
                .map(it -> PastDemand.of(it, ahead(it, now), choice));
    }

    /** How many values it takes to say what it says now. */
    private static int reach(ForecastChoice choice) {
        return switch (choice) {
            case Chosen chosen -> chosen.used() ? chosen.method().reach(MOST_AHEAD) : 1;
            case TooShort(int trials, int needed) -> 1;
            case NotTried() -> 1;
        };
    }

    private static Duration ahead(PastUse past, Instant now) {
        Duration old = past.newest().isBefore(now) ? Duration.between(past.newest(), now) : Duration.ZERO;
        return old.plus(past.podStart()).plus(SYNC);
    }
}
