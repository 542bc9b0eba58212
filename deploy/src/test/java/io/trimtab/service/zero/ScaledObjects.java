package io.trimtab.service.zero;

import io.trimtab.ingest.model.TriggerSpec;
import io.trimtab.ingest.model.TriggeredScaling;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Objects as tests need them. */
final class ScaledObjects {
    static final Instant CREATED = Instant.parse("2026-11-02T08:00:00Z");

    private ScaledObjects() {}

    static TriggeredScaling scaledObject(String name, TriggerSpec... triggers) {
        return scaledObject(name, Map.of(), triggers);
    }

    static TriggeredScaling scaledObject(String name, Map<String, String> annotations, TriggerSpec... triggers) {
        return new TriggeredScaling(
                new TriggeredScaling.Owner(TriggeredScaling.SCALED_OBJECT, "shop", name),
                new WorkloadId("shop", "Deployment", name),
                Duration.ofMillis(50),
                Optional.of(Duration.ofMinutes(5)),
                Duration.ZERO,
                OptionalInt.empty(),
                0,
                100,
                List.of(triggers),
                Optional.empty(),
                Optional.empty(),
                annotations,
                CREATED,
                Optional.empty(),
                List.of());
    }

    static TriggerSpec trigger(String type, Map<String, String> metadata) {
        return new TriggerSpec(type, Optional.empty(), Optional.empty(), metadata, Optional.empty());
    }

    static TriggerSpec cron(String start, String end, String zone, String replicas) {
        return trigger("cron", Map.of("start", start, "end", end, "timezone", zone, "desiredReplicas", replicas));
    }
}
