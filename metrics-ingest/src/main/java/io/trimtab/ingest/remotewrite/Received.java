package io.trimtab.ingest.remotewrite;

import io.trimtab.ingest.pushed.SampleCounts;

/**
 * What was in a request.
 *
 * @param histograms native ones, accepted and not kept
 * @param exemplars accepted and not kept
 */
public record Received(SampleCounts samples, long histograms, long exemplars) {
    /** Of a request that was not read. */
    public static Received nothing() {
        return new Received(new SampleCounts(), 0, 0);
    }
}
