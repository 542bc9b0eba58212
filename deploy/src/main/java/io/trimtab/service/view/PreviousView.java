package io.trimtab.service.view;

import java.time.Instant;
import java.util.List;

/**
 * The recommendation before the present one, as it was when it began.
 *
 * @param kind Resize, Scale or Hold
 * @param changes that were recommended then; empty for a Hold
 * @param reason the decisive one
 * @param changed what is recommended otherwise now: from what was to be, to what is to be; {@code stays} where nothing is to change
 * @param reasonChanged whether another reason decides now
 */
public record PreviousView(
        String kind,
        List<Change> changes,
        ReasonView reason,
        Instant since,
        Instant until,
        List<Change> changed,
        boolean reasonChanged) {
    public PreviousView {
        changes = List.copyOf(changes);
        changed = List.copyOf(changed);
    }
}
