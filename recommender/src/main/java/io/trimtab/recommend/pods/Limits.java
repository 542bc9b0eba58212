package io.trimtab.recommend.pods;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.Requirements;
import java.math.BigInteger;
import java.util.Optional;

/** What becomes of a container's limits when its requests change. */
public sealed interface Limits {
    /** They keep their ratio to the requests, as the stock VPA does it; equal to the request when that was not set. */
    record RequestsAndLimits() implements Limits {}

    /** They stay, but never below the request. */
    record RequestsOnly() implements Limits {}

    /** The memory limit is the request and a margin; the CPU limit goes. */
    record RequestPlus(Bytes margin) implements Limits {}

    /** The requirements with new requests and the limits that go with them. */
    default Requirements apply(Requirements from, Optional<MilliCores> cpu, Optional<Bytes> memory) {
        Optional<MilliCores> cpuRequest = cpu.or(from::cpuRequest);
        Optional<Bytes> memoryRequest = memory.or(from::memoryRequest);
        return switch (this) {
            case RequestsAndLimits() ->
                new Requirements(
                        cpuRequest,
                        memoryRequest,
                        from.cpuLimit()
                                .map(limit -> cpu.map(to -> new MilliCores(scaled(
                                                limit.value(), from.cpuRequest().map(MilliCores::value), to.value())))
                                        .orElse(limit)),
                        from.memoryLimit()
                                .map(limit -> memory.map(to -> new Bytes(scaled(
                                                limit.value(),
                                                from.memoryRequest().map(Bytes::value),
                                                to.value())))
                                        .orElse(limit)),
                        from.gpu());
            case RequestsOnly() ->
                new Requirements(cpuRequest, memoryRequest, from.cpuLimit(), from.memoryLimit(), from.gpu());
            case RequestPlus(Bytes margin) ->
                new Requirements(
                        cpuRequest,
                        memoryRequest,
                        Optional.empty(),
                        memoryRequest.map(request -> request.plus(margin)),
                        from.gpu());
        };
    }

    private static long scaled(long limit, Optional<Long> request, long to) {
        if (request.isEmpty() || request.get() == 0) return to;
        return BigInteger.valueOf(limit)
                .multiply(BigInteger.valueOf(to))
                .divide(BigInteger.valueOf(request.get()))
                .min(BigInteger.valueOf(Long.MAX_VALUE))
                .longValueExact();
    }
}
