package io.trimtab.recommend.pods;

import io.trimtab.forecast.UsageCheckpoint;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.RuntimeSettings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a container's size is decided from.
 *
 * @param requirements in force now
 * @param runtime of a Java process
 * @param told what another runtime is told now; empty for a Java process
 * @param containersInPod at least 1
 * @param runs samples; those after {@code now} do not count
 * @param kills those that became known after {@code now} do not count
 * @param checkpoint what was learned before the samples
 */
public record RightsizeInput(
        SizingPolicy policy,
        Instant now,
        Requirements requirements,
        Optional<JvmRuntime> runtime,
        Optional<RuntimeSettings> told,
        int containersInPod,
        List<UsageRun> runs,
        List<MemoryKill> kills,
        Bounds bounds,
        LimitRules limits,
        Optional<UsageCheckpoint> checkpoint) {
    public RightsizeInput {
        if (containersInPod < 1)
            throw new IllegalArgumentException("containersInPod (%d) must be >= 1".formatted(containersInPod));
        runs = List.copyOf(runs);
        kills = List.copyOf(kills);
    }
}
