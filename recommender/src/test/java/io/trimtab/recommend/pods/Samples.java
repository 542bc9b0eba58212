package io.trimtab.recommend.pods;

import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Makes inputs for tests. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
    static final double MIB = 1 << 20;

    private Samples() {}

    /** Samples that end at {@link #NOW}. */
    static UsageRun run(String pod, Resource resource, Duration step, int count, IntToDoubleFunction amount) {
        Instant start = NOW.minus(step.multipliedBy(count - 1));
        return new UsageRun(
                pod,
                resource,
                start,
                step,
                IntStream.range(0, count).mapToDouble(amount).toArray(),
                new BitSet());
    }

    static RightsizeInput input(
            SizingPolicy policy,
            Requirements requirements,
            Optional<JvmRuntime> runtime,
            List<MemoryKill> kills,
            UsageRun... runs) {
        return new RightsizeInput(
                policy,
                NOW,
                requirements,
                runtime,
                Optional.empty(),
                1,
                List.of(runs),
                kills,
                Bounds.NONE,
                LimitRules.RATIO,
                Optional.empty());
    }
}
