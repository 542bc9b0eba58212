package io.trimtab.service.zero;

import io.trimtab.actuate.kubernetes.StatusCondition;
import io.trimtab.ingest.model.TriggeredScaling.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Writes an object's status. */
@FunctionalInterface
public interface StatusWriter {
    /** Where statuses are not written. */
    StatusWriter NOBODY = (owner, conditions, lastActive) -> Optional.empty();

    /** @return why it was refused; empty where it is written */
    Optional<String> write(Owner owner, List<StatusCondition> conditions, Optional<Instant> lastActive);
}
