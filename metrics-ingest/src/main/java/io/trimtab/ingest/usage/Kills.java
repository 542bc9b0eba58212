package io.trimtab.ingest.usage;

import io.trimtab.cost.units.Bytes;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.OutOfMemoryKill;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the kills in what kube-state-metrics says of the containers whose last end was for memory. The samples begin one moment before the
 * window; what is already there then is old.
 */
public final class Kills {
    private Kills() {}

    /**
     * @param ends seconds since the epoch of the last end, where the store has them: exact, and preferred
     * @param restarts restart counts, for the containers without
     * @param requests memory requests in bytes
     * @param firstSecond the first moment of the window
     */
    public static List<OutOfMemoryKill> find(
            Map<ContainerId, Samples> ends,
            Map<ContainerId, Samples> restarts,
            Map<ContainerId, Samples> requests,
            long firstSecond,
            long stepSeconds) {
        List<OutOfMemoryKill> kills = new ArrayList<>();
        ends.forEach((container, samples) -> {
            for (int i = 0; i < samples.size(); i++) {
                long end = (long) samples.amount(i);
                boolean changed = i == 0 || samples.amount(i) != samples.amount(i - 1);
                // One that returns after a pause of the exporter is known since long.
                boolean recent = end > firstSecond - stepSeconds;
                boolean isNew = samples.atSecond(i) >= firstSecond && changed && recent;
                if (isNew)
                    kills.add(kill(container, Math.min(end, samples.atSecond(i)), samples.atSecond(i), requests));
            }
        });
        restarts.forEach((container, samples) -> {
            if (ends.containsKey(container)) return;
            for (int i = 0; i < samples.size(); i++) {
                boolean more = i == 0 || samples.amount(i) > samples.amount(i - 1);
                boolean isNew = samples.atSecond(i) >= firstSecond && more;
                if (isNew) kills.add(kill(container, samples.atSecond(i), samples.atSecond(i), requests));
            }
        });
        return kills;
    }

    private static OutOfMemoryKill kill(
            ContainerId container, long end, long seen, Map<ContainerId, Samples> requests) {
        return new OutOfMemoryKill(
                container,
                Instant.ofEpochSecond(end),
                requestAt(requests.get(container), seen),
                Instant.ofEpochSecond(seen));
    }

    private static Bytes requestAt(@Nullable Samples requests, long second) {
        if (requests == null) return Bytes.ZERO;
        double amount = 0;
        for (int i = 0; i < requests.size() && requests.atSecond(i) <= second; i++) amount = requests.amount(i);
        return Bytes.of(BigDecimal.valueOf(amount));
    }
}
