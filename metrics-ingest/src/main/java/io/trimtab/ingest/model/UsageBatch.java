package io.trimtab.ingest.model;

import java.util.Comparator;
import java.util.List;

/**
 * What a source answered to one query.
 *
 * @param series ordered by container, then resource
 * @param kills ordered by when they became known
 * @param gaps what the source could not answer, one line each: what, why and what to do; empty when the answer is whole
 */
public record UsageBatch(List<UsageSeries> series, List<OutOfMemoryKill> kills, List<String> gaps) {
    public static final UsageBatch EMPTY = new UsageBatch(List.of(), List.of(), List.of());

    public UsageBatch {
        series = series.stream()
                .sorted(Comparator.comparing(UsageSeries::container).thenComparing(UsageSeries::resource))
                .toList();
        kills = kills.stream()
                .sorted(Comparator.comparing(OutOfMemoryKill::seenAt).thenComparing(OutOfMemoryKill::container))
                .toList();
        gaps = List.copyOf(gaps);
    }
}
