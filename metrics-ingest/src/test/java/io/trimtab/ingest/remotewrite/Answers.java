package io.trimtab.ingest.remotewrite;

import io.trimtab.ingest.pushed.SampleFate;
import java.util.ArrayList;
import java.util.List;

/** What became of a request, in words. */
final class Answers {
    private Answers() {}

    static Received received(WriteAnswer answer) {
        return switch (answer) {
            case WriteAnswer.Written(Received received) -> received;
            case WriteAnswer.Deduplicated(Received received) -> received;
            case WriteAnswer.Partly(Received received, String reasons) -> received;
            case WriteAnswer.Refused(RequestFault fault, Received received, String detail) -> received;
        };
    }

    /** {@code KEPT=2 IGNORED=1}: how many samples had which fate. */
    static String fates(WriteAnswer answer) {
        List<String> found = new ArrayList<>();
        for (SampleFate fate : SampleFate.values()) {
            long count = received(answer).samples().of(fate);
            if (count > 0) found.add(fate + "=" + count);
        }
        return String.join(" ", found);
    }
}
