package io.trimtab.recommend.pods;

import io.trimtab.forecast.ContainerUsage;
import io.trimtab.forecast.UsageAggregate;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

/** Feeds samples and kills into an aggregate in the order in which they became known; a kill follows the samples of its moment. */
final class UsageReplay {
    private static final Comparator<Cursor> ORDER = Comparator.<Cursor, Instant>comparing(cursor -> cursor.at)
            .thenComparing(cursor -> cursor.run.pod())
            .thenComparing(cursor -> cursor.run.resource())
            .thenComparing(cursor -> cursor.run.start());

    private final UsageAggregate aggregate;
    private final Map<String, ContainerUsage> containers = new HashMap<>();

    private UsageReplay(UsageAggregate aggregate) {
        this.aggregate = aggregate;
    }

    /** Where in a run the next sample is. */
    private static final class Cursor {
        final UsageRun run;
        int index;
        Instant at;

        Cursor(UsageRun run, int index) {
            this.run = run;
            this.index = index;
            this.at = run.at(index);
        }
    }

    static UsageAggregate of(RightsizeInput input) {
        UsageReplay replay =
                new UsageReplay(input.checkpoint().map(UsageAggregate::restore).orElseGet(UsageAggregate::empty));
        replay.feed(input.runs(), known(input), input.now());
        return replay.aggregate;
    }

    /** Kills that are known by now, as they became known. */
    static List<MemoryKill> known(RightsizeInput input) {
        return input.kills().stream()
                .filter(kill ->
                        !kill.seenAt().isAfter(input.now()) && !kill.at().isAfter(input.now()))
                .sorted(Comparator.comparing(MemoryKill::seenAt)
                        .thenComparing(MemoryKill::at)
                        .thenComparing(MemoryKill::pod)
                        .thenComparing(MemoryKill::memoryRequest))
                .toList();
    }

    private void feed(List<UsageRun> runs, List<MemoryKill> kills, Instant now) {
        PriorityQueue<Cursor> queue = runs.stream()
                .filter(run -> run.nextSample(0, now) >= 0)
                .map(run -> new Cursor(run, run.nextSample(0, now)))
                .collect(Collectors.toCollection(() -> new PriorityQueue<>(ORDER)));
        int nextKill = 0;
        while (!queue.isEmpty()) {
            Cursor cursor = queue.remove();
            while (nextKill < kills.size() && kills.get(nextKill).seenAt().isBefore(cursor.at))
                add(kills.get(nextKill++));
            add(cursor);
            int next = cursor.run.nextSample(cursor.index + 1, now);
            if (next >= 0) queue.add(new Cursor(cursor.run, next));
        }
        while (nextKill < kills.size()) add(kills.get(nextKill++));
    }

    private void add(Cursor cursor) {
        ContainerUsage container = container(cursor.run.pod());
        double amount = cursor.run.amounts()[cursor.index];
        switch (cursor.run.resource()) {
            case CPU -> container.addCpu(cursor.at, amount);
            case MEMORY -> container.addMemory(cursor.at, amount);
            case GPU -> {
                // Nobody sizes those by their use.
            }
        }
    }

    private void add(MemoryKill kill) {
        container(kill.pod()).addKill(kill.at(), kill.memoryRequest().value());
    }

    private ContainerUsage container(String pod) {
        return containers.computeIfAbsent(pod, name -> aggregate.container());
    }
}
