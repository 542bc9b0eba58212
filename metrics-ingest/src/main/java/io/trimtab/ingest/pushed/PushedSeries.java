package io.trimtab.ingest.pushed;

import io.trimtab.ingest.model.ContainerId;

/** One series and what is kept of it; guarded by its stripe. */
final class PushedSeries {
    final long high;
    final long low;
    final PushedMetric metric;
    final ContainerId container;
    final RecentSamples samples = new RecentSamples();
    long writtenMillis;

    PushedSeries(IncomingSeries first) {
        this.high = first.highFingerprint();
        this.low = first.lowFingerprint();
        this.metric = first.metric();
        this.container = first.container();
    }

    /** Takes the samples of one write and counts what became of each. */
    void take(IncomingSeries incoming, long nowMillis, SampleCounts counts) {
        writtenMillis = nowMillis;
        long oldest = nowMillis - PushedSamples.KEPT.toMillis();
        long newest = nowMillis + PushedSamples.MOST_AHEAD.toMillis();
        for (int i = 0; i < incoming.size(); i++) {
            long at = incoming.atMillis(i);
            double amount = incoming.amount(i);
            SampleFate fate = refusal(at, amount, oldest, newest);
            counts.add(fate == SampleFate.KEPT ? samples.add(at, amount, oldest) : fate, 1);
        }
    }

    private static SampleFate refusal(long at, double amount, long oldest, long newest) {
        if (at > newest) return SampleFate.FUTURE;
        if (at < oldest) return SampleFate.TOO_OLD;
        if (amount >= 0 && amount < Double.POSITIVE_INFINITY) return SampleFate.KEPT;
        if (PushedSamples.isStaleMarker(amount)) return SampleFate.KEPT;
        return amount < 0 && amount > Double.NEGATIVE_INFINITY ? SampleFate.NEGATIVE : SampleFate.NOT_FINITE;
    }
}
