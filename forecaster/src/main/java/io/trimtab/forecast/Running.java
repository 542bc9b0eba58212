package io.trimtab.forecast;

import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.Pod;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What of a container's pod tells which samples are of its start.
 *
 * @param readySeconds when it became ready; {@link Long#MAX_VALUE} while it is not
 * @param limitCores of CPU; empty without one
 */
record Running(Instant startedAt, long readySeconds, OptionalDouble limitCores) {
    /** Empty for one that has not been started. */
    static Optional<Running> of(Pod pod, ContainerSpec container) {
        return pod.startedAt()
                .map(startedAt -> new Running(
                        startedAt,
                        pod.readyAt().map(Instant::getEpochSecond).orElse(Long.MAX_VALUE),
                        container.requirements().cpuLimit().stream()
                                .mapToDouble(limit -> limit.value() / 1000.0)
                                .findFirst()));
    }
}
