package io.trimtab.recommend.consolidation;

import java.util.Optional;

/** The first node by name that has room, those that were added last; as the autoscalers' simulations do. */
final class FirstFit implements Draft.Choice {
    @Override
    public Optional<Room> room(Draft draft, Moving pod) {
        for (Host host : draft.cluster().hosts()) {
            if (!draft.isDrained(host.index()) && draft.room(host).takes(pod)) return Optional.of(draft.room(host));
        }
        return draft.added().stream()
                .map(Draft.Added::room)
                .filter(room -> room.takes(pod))
                .findFirst();
    }
}
