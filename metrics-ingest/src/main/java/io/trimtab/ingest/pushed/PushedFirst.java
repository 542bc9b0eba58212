package io.trimtab.ingest.pushed;

import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.UsageSource;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageQuery;
import io.trimtab.ingest.model.UsageSeries;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A store for what is old, pushed samples for what came since they flow; a store that is away then matters for the old part only. */
public final class PushedFirst implements UsageSource {
    private final UsageSource store;
    private final PushedUsage pushed;
    private final InstantSource clock;

    public PushedFirst(UsageSource store, PushedUsage pushed, InstantSource clock) {
        this.store = store;
        this.pushed = pushed;
        this.clock = clock;
    }

    @Override
    public UsageBatch read(UsageQuery query) throws IngestException {
        Instant border = pushed.wholeFrom(query.step(), clock.instant()).orElse(Instant.MAX);
        if (!border.isBefore(query.to())) return store.read(query);
        if (!border.isAfter(query.from())) return pushed.read(query);
        UsageBatch old = store.read(new UsageQuery(query.scope(), query.from(), border, query.step()));
        UsageBatch recent = pushed.read(new UsageQuery(query.scope(), border, query.to(), query.step()));
        return joined(old, recent);
    }

    /** The two have no moment in common. */
    private static UsageBatch joined(UsageBatch old, UsageBatch recent) {
        List<UsageSeries> series = new ArrayList<>();
        // Both are ordered by container and resource, and so is their union.
        UsageBatch both = new UsageBatch(
                Stream.concat(old.series().stream(), recent.series().stream()).toList(),
                Stream.concat(old.kills().stream(), recent.kills().stream())
                        .distinct()
                        .toList(),
                Stream.concat(old.gaps().stream(), recent.gaps().stream()).toList());
        for (UsageSeries next : both.series()) {
            boolean continues = !series.isEmpty()
                    && series.getLast().container().equals(next.container())
                    && series.getLast().resource() == next.resource();
            series.add(continues ? after(series.removeLast(), next) : next);
        }
        return new UsageBatch(series, both.kills(), both.gaps());
    }

    private static UsageSeries after(UsageSeries old, UsageSeries recent) {
        long[] moments = Stream.of(old.atSeconds(), recent.atSeconds())
                .flatMapToLong(Arrays::stream)
                .toArray();
        double[] amounts = Stream.of(old.amounts(), recent.amounts())
                .flatMapToDouble(Arrays::stream)
                .toArray();
        Duration least = old.spreadOver().compareTo(recent.spreadOver()) < 0 ? old.spreadOver() : recent.spreadOver();
        return new UsageSeries(old.container(), old.resource(), moments, amounts, least);
    }
}
