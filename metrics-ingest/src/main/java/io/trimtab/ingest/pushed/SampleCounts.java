package io.trimtab.ingest.pushed;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** How many samples of a request had which fate. Grows while the request is read. */
public final class SampleCounts {
    private final Map<SampleFate, Long> refused = new EnumMap<>(SampleFate.class);
    private long kept;
    private long ignored;
    private long deduplicated;
    private long newestUsageMillis = Long.MIN_VALUE;

    public void add(SampleFate fate, long samples) {
        if (fate == SampleFate.KEPT) kept += samples;
        else if (fate == SampleFate.IGNORED) ignored += samples;
        else if (fate == SampleFate.DEDUPLICATED) deduplicated += samples;
        else refused.merge(fate, samples, Long::sum);
    }

    /** Counts a sample that was kept, and when it was usage; samples of anything else, or that were refused, are no sign that usage flows. */
    void keptUsage(long atMillis) {
        kept++;
        newestUsageMillis = Math.max(newestUsageMillis, atMillis);
    }

    /** The moment of the newest sample of usage that was kept; empty when none was. */
    public OptionalLong newestUsageMillis() {
        return newestUsageMillis == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(newestUsageMillis);
    }

    public long of(SampleFate fate) {
        return switch (fate) {
            case KEPT -> kept;
            case IGNORED -> ignored;
            case DEDUPLICATED -> deduplicated;
            default -> refused.getOrDefault(fate, 0L);
        };
    }

    /** Those that their sender need not send again: kept, of no use here, or there from another replica. */
    public long accepted() {
        return kept + ignored + deduplicated;
    }

    /** The reasons of the refused ones, in words; empty when there are none. */
    public String reasons() {
        return refused.entrySet().stream()
                .map(entry -> "%d %s".formatted(entry.getValue(), entry.getKey().words()))
                .collect(Collectors.joining("; "));
    }
}
