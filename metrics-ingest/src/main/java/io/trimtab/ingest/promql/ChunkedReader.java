package io.trimtab.ingest.promql;

import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.IngestException.Kind;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.promql.MatrixReader.TooManySamples;
import io.trimtab.ingest.usage.Grid;
import io.trimtab.ingest.usage.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Reads one query in chunks of time that keep to the budget, and goes on without the chunks that cannot be had. */
final class ChunkedReader {
    /** How many series are not known before the first answer: 60,000 of them (the size aimed at) give 3.6 million samples. */
    private static final int FIRST_POINTS = 60;

    /** A store that refuses so many chunks will refuse the rest. */
    private static final int MOST_FAILURES = 3;

    /**
     * @param chunks how many could be read
     * @param failures of those that could not
     * @param skipped one line for each of those, and for those that were not tried for
     */
    record Reading(Answer answer, int chunks, List<IngestException> failures, List<String> skipped) {
        boolean gaveUp() {
            return failures.stream().anyMatch(failure -> failure.kind() == Kind.UNREACHABLE);
        }
    }

    private final PrometheusClient client;
    private final PrometheusSettings settings;
    private final Complaints complain;

    /** Of each thing that is read, so that the next reading asks for as much at once as the budget allows. */
    private final Map<String, Integer> mostSeries = new ConcurrentHashMap<>();

    ChunkedReader(PrometheusClient client, PrometheusSettings settings, Complaints complain) {
        this.client = client;
        this.settings = settings;
        this.complain = complain;
    }

    /** @param what is read, for the lines that say what is missing */
    Reading read(String what, Query query, Grid grid) {
        Map<ContainerId, Samples> series = new HashMap<>();
        Set<String> warnings = new LinkedHashSet<>();
        List<IngestException> failures = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        long dropped = 0;
        long unnamed = 0;
        int chunks = 0;
        int size = Optional.ofNullable(mostSeries.get(what))
                .map(this::nextSize)
                .orElse(Math.min(FIRST_POINTS, settings.maxPointsPerSeries()));
        Grid rest = grid;
        while (!rest.isEmpty()) {
            Grid chunk = rest.head(size);
            try {
                Answer answer = client.query(query, chunk);
                for (var entry : answer.series().entrySet()) {
                    Samples earlier = series.putIfAbsent(entry.getKey(), entry.getValue());
                    if (earlier != null) dropped += earlier.addAll(entry.getValue());
                }
                warnings.addAll(answer.warnings());
                dropped += answer.dropped();
                unnamed = Math.max(unnamed, answer.unnamed());
                chunks++;
                size = nextSize(mostSeries.merge(what, answer.series().size(), Math::max));
                rest = rest.after(chunk.points());
                continue;
            } catch (TooManySamples e) {
                size = chunk.points() / 2;
                if (size > 0) continue;
                size = 1;
                failures.add(complain.tooMany(what));
            } catch (IngestException e) {
                failures.add(e);
            }
            IngestException failure = failures.getLast();
            boolean goOn = failure.kind() != Kind.UNREACHABLE && failures.size() < MOST_FAILURES;
            Grid lost = goOn ? chunk : rest;
            skipped.add("%s of %s was not read: %s".formatted(what, span(lost), failure.getMessage()));
            rest = rest.after(lost.points());
        }
        return new Reading(new Answer(series, dropped, unnamed, List.copyOf(warnings)), chunks, failures, skipped);
    }

    /** Half of the budget at most, since containers come and go. */
    private int nextSize(int seriesCount) {
        return Math.clamp(
                settings.maxSamplesPerRequest() / 2L / Math.max(1, seriesCount), 1, settings.maxPointsPerSeries());
    }

    private static String span(Grid grid) {
        return "%s to %s".formatted(Instant.ofEpochSecond(grid.first()), Instant.ofEpochSecond(grid.last()));
    }
}
