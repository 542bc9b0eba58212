package io.trimtab.recommend.replay;

import io.trimtab.ingest.model.OutOfMemoryKill;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageQuery;
import io.trimtab.ingest.model.UsageQuery.Scope;
import io.trimtab.ingest.model.UsageSeries;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Answers usage queries from the history: the mean of CPU and the maximum of memory within each step, at the moment of the step's last sample. */
final class UsageReader {
    private final World world;

    UsageReader(World world) {
        this.world = world;
    }

    UsageBatch read(UsageQuery query) {
        UsageHistory history = world.history;
        long first = Math.max(
                history.oldestIndex(world.second),
                history.indexAtOrBefore(query.from().getEpochSecond()) + 1);
        long last = Math.min(
                history.indexAtOrBefore(world.second),
                history.indexAtOrBefore(query.to().getEpochSecond()));
        List<UsageSeries> series = new ArrayList<>();
        history.byWorkload().forEach((workload, containers) -> {
            if (!covers(query.scope(), workload)) return;
            for (ContainerHistory container : containers) addSeries(container, first, last, query, series);
        });
        return new UsageBatch(series, kills(query), gaps(query));
    }

    private static boolean covers(Scope scope, WorkloadId workload) {
        return switch (scope) {
            case Scope.Cluster() -> true;
            case Scope.Namespace(String name) -> workload.namespace().equals(name);
            case Scope.OneWorkload(WorkloadId one) -> workload.equals(one);
        };
    }

    private void addSeries(
            ContainerHistory container, long first, long last, UsageQuery query, List<UsageSeries> series) {
        long from = Math.max(first, container.firstIndex());
        long to = Math.min(last, container.endIndex() - 1);
        if (from > to) return;
        int room = Math.toIntExact(to - from + 1);
        long[] moments = new long[room];
        double[] cores = new double[room];
        double[] bytes = new double[room];
        int count = 0;
        int inStep = 0;
        long step = Long.MIN_VALUE;
        for (long index = from; index <= to; index++) {
            if (!container.hasSample(index)) continue;
            long second = world.history.secondOf(index);
            long itsStep = Math.ceilDiv(
                    second * 1000 - query.from().toEpochMilli(), query.step().toMillis());
            boolean opens = itsStep != step;
            if (opens) {
                step = itsStep;
                inStep = 0;
                count++;
            }
            int i = count - 1;
            inStep++;
            moments[i] = second;
            cores[i] += (container.cores(index) - cores[i]) / inStep;
            bytes[i] = Math.max(bytes[i], container.bytes(index));
        }
        if (count == 0) return;
        long[] at = Arrays.copyOf(moments, count);
        series.add(new UsageSeries(container.container, Resource.CPU, at, Arrays.copyOf(cores, count), Duration.ZERO));
        series.add(
                new UsageSeries(container.container, Resource.MEMORY, at, Arrays.copyOf(bytes, count), Duration.ZERO));
    }

    private List<OutOfMemoryKill> kills(UsageQuery query) {
        return world.history.kills().stream()
                .filter(kill -> covers(query.scope(), kill.workload()))
                .map(UsageHistory.Kill::kill)
                .filter(kill ->
                        kill.seenAt().isAfter(query.from()) && !kill.seenAt().isAfter(query.to()))
                .toList();
    }

    private List<String> gaps(UsageQuery query) {
        List<String> gaps = new ArrayList<>();
        Instant now = Instant.ofEpochSecond(world.second);
        Instant oldest = Instant.ofEpochSecond(world.history.secondOf(world.history.oldestIndex(world.second)));
        if (query.from().plus(world.spec.step()).isBefore(oldest)) {
            gaps.add("no samples before %s: the simulated cluster keeps %s; ask for a later start or keep more history"
                    .formatted(oldest, world.spec.historyKept()));
        }
        if (query.to().isAfter(now))
            gaps.add("no samples after %s: simulated time stands there; advance it or ask for an earlier end"
                    .formatted(now));
        if (!isKnown(query.scope()))
            gaps.add("nothing in the simulated cluster answers to %s: check the name".formatted(query.scope()));
        long from = Math.max(query.from().getEpochSecond(), oldest.getEpochSecond());
        for (long[] outage : world.history.outages(from, Math.min(query.to().getEpochSecond(), world.second))) {
            gaps.add("no samples from %s to %s: the simulated collector was down; nothing to do"
                    .formatted(Instant.ofEpochSecond(outage[0]), Instant.ofEpochSecond(outage[1])));
        }
        return gaps;
    }

    private boolean isKnown(Scope scope) {
        return world.workloads.keySet().stream().anyMatch(workload -> covers(scope, workload));
    }
}
