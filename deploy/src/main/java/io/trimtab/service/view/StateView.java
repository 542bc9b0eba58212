package io.trimtab.service.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What survives a restart.
 *
 * @param folder empty text: nothing does
 * @param saving whether this process saves; false while another one has the folder, and where it cannot be written
 * @param savedAt of the newest file; null when there is none
 * @param bytes of the newest file
 * @param start what was found at start and what is missing since
 * @param trouble why the last attempt to save failed, and what to do; empty text when it did not
 */
public record StateView(
        String folder, boolean saving, @Nullable Instant savedAt, long bytes, List<String> start, String trouble) {
    public static final StateView NONE = new StateView("", false, null, 0, List.of(), "");

    public StateView {
        start = List.copyOf(start);
    }
}
