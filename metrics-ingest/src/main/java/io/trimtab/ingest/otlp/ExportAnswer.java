package io.trimtab.ingest.otlp;

import io.trimtab.ingest.pushed.SampleCounts;
import io.trimtab.ingest.pushed.SampleFate;
import java.util.Arrays;

/** What a request is answered. */
public sealed interface ExportAnswer {
    /** All of it was taken, or a part; {@link SampleCounts#reasons} say why not the rest, which must not be sent again. */
    record Taken(SampleCounts points) implements ExportAnswer {
        /** Points that were not taken. */
        public long rejected() {
            return Arrays.stream(SampleFate.values())
                    .filter(SampleFate::isRefusal)
                    .mapToLong(points::of)
                    .sum();
        }
    }

    /**
     * Nothing of it was taken.
     *
     * @param detail what is wrong and what to do
     */
    record Refused(ExportFault fault, String detail) implements ExportAnswer {}
}
