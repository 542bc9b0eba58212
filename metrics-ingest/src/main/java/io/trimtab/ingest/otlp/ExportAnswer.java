package io.trimtab.ingest.otlp;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
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

        /** As the protocol says it. */
        public ExportMetricsServiceResponse response() {
            var response = ExportMetricsServiceResponse.newBuilder();
            if (rejected() > 0)
                response.setPartialSuccess(ExportMetricsPartialSuccess.newBuilder()
                        .setRejectedDataPoints(rejected())
                        .setErrorMessage(points.reasons()));
            return response.build();
        }
    }

    /**
     * Nothing of it was taken.
     *
     * @param detail what is wrong and what to do
     */
    record Refused(ExportFault fault, String detail) implements ExportAnswer {}
}
