package io.trimtab.recommend.pods;

import io.trimtab.cost.units.Bytes;
import io.trimtab.ingest.model.RuntimeSettings;
import io.trimtab.ingest.model.RuntimeSettings.Jvm;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be said of a memory limit for the sake of the runtime inside. It says and does not decide: how much of what a runtime may take it
 * will take is not known from its settings.
 */
final class RuntimeNotes {
    private RuntimeNotes() {}

    static boolean isOne(Reason reason) {
        return reason instanceof PodReason.RuntimeAboveLimit || reason instanceof PodReason.HeapFollowsLimit;
    }

    /**
     * @param limit in force
     * @param after to come; the same where it stays
     */
    static List<PodReason> of(Optional<RuntimeSettings> runtime, Optional<Bytes> limit, Optional<Bytes> after) {
        if (runtime.isEmpty() || after.isEmpty()) return List.of();
        List<PodReason> notes = new ArrayList<>();
        runtime.get()
                .fixedMemory()
                .filter(takes -> takes.compareTo(after.get()) > 0)
                .ifPresent(takes -> notes.add(new PodReason.RuntimeAboveLimit(runtime.get(), takes, after.get())));
        boolean changes = limit.isPresent() && !limit.equals(after);
        if (changes && runtime.get() instanceof Jvm jvm && jvm.heapFollowsLimit())
            notes.add(new PodReason.HeapFollowsLimit(jvm.maxHeapWithin(limit.get()), jvm.maxHeapWithin(after.get())));
        return notes;
    }
}
