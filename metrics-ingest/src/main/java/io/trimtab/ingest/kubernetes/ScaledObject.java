package io.trimtab.ingest.kubernetes;

import io.trimtab.ingest.model.TriggeredScaling;
import io.trimtab.ingest.model.TriggeredScaling.Owner;
import java.util.Optional;

/** What has become of one ScaledObject. */
sealed interface ScaledObject {
    Owner owner();

    /** What it asks for, if it can be followed. */
    default Optional<TriggeredScaling> scaling() {
        return Optional.empty();
    }

    record Followed(TriggeredScaling asked) implements ScaledObject {
        @Override
        public Owner owner() {
            return asked.owner();
        }

        @Override
        public Optional<TriggeredScaling> scaling() {
            return Optional.of(asked);
        }
    }

    /** @param why with the field's path, its value and what it must be */
    record Unreadable(Owner owner, String why) implements ScaledObject {}

    /** It is being deleted. */
    record Ending(Owner owner) implements ScaledObject {}
}
