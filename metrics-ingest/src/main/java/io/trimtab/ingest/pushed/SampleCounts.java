package io.trimtab.ingest.pushed;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How many samples of a request had which fate. Grows while the request is read. */
public final class SampleCounts {
    private final Map<SampleFate, Long> refused = new EnumMap<>(SampleFate.class);
    private long kept;
    private long ignored;

    public void add(SampleFate fate, long samples) {
        if (fate == SampleFate.KEPT) kept += samples;
        else if (fate == SampleFate.IGNORED) ignored += samples;
        else refused.merge(fate, samples, Long::sum);
    }

    public long of(SampleFate fate) {
        return switch (fate) {
            case KEPT -> kept;
            case IGNORED -> ignored;
            default -> refused.getOrDefault(fate, 0L);
        };
    }

    /** Those that their sender need not send again: kept, or of no use here. */
    public long accepted() {
        return kept + ignored;
    }

    /** The reasons of the refused ones, in words; empty when there are none. */
    public String reasons() {
        return refused.entrySet().stream()
                .map(entry -> "%d %s".formatted(entry.getValue(), entry.getKey().words()))
                .collect(Collectors.joining("; "));
    }
}
