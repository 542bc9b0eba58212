package io.trimtab.ingest.pushed;

import io.trimtab.ingest.model.ContainerId;

/** One series and what is kept of it; guarded by its stripe. A decoder may hold on to it, to write to it again without a search. */
public final class PushedSeries {
    final long high;
    final long low;
    final PushedMetric metric;
    final ContainerId container;
    RecentSamples samples = new RecentSamples();
    long writtenMillis;
    private boolean gone;

    /** In which it was written last; not saved, so after a restart the first is another. */
    private long term = IncomingSeries.NO_TERM;

    /** Of its newest sample when that began; what it takes then is newer. */
    private long beforeTermMillis = Long.MIN_VALUE;

    PushedSeries(long high, long low, PushedMetric metric, ContainerId container) {
        this.high = high;
        this.low = low;
        this.metric = metric;
        this.container = container;
    }

    static PushedSeries of(IncomingSeries first) {
        return new PushedSeries(first.highFingerprint(), first.lowFingerprint(), first.metric(), first.container());
    }

    /**
     * Whether it has samples; any thread may ask, and may be told what was so a moment ago. Who asks of several series before it writes to the first has what
     * the writes need near: loads overlap, those of writes do not.
     */
    public boolean isWritten() {
        return samples.lastMillis() != 0;
    }

    /** Lets go of what it holds, since a decoder may still hold it. */
    void leave() {
        gone = true;
        samples = new RecentSamples();
    }

    /** Takes the samples of the same series from before a restart; of a moment that both have, what was there before stays. */
    void addBefore(PushedSeries before) {
        RecentSamples all = before.samples;
        for (int i = 0; i < samples.size(); i++) {
            int at = all.firstFrom(samples.atMillis(i));
            boolean known = at < all.size() && all.atMillis(at) == samples.atMillis(i);
            if (!known) all.add(samples.atMillis(i), samples.amount(i), Long.MIN_VALUE);
        }
        samples = all;
    }

    boolean isGone() {
        return gone;
    }

    /** Takes the samples of one write and counts what became of each. */
    void take(IncomingSeries incoming, long nowMillis, SampleCounts counts) {
        writtenMillis = nowMillis;
        if (incoming.term() != term) begin(incoming.term());
        long oldest = nowMillis - PushedSamples.KEPT.toMillis();
        long newest = nowMillis + PushedSamples.MOST_AHEAD.toMillis();
        for (int i = 0; i < incoming.size(); i++) {
            long at = incoming.atMillis(i);
            double amount = incoming.amount(i);
            SampleFate fate = at <= beforeTermMillis ? SampleFate.DEDUPLICATED : refusal(at, amount, oldest, newest);
            if (fate == SampleFate.KEPT) fate = samples.add(at, amount, oldest);
            if (fate == SampleFate.KEPT && metric.isUsage()) counts.keptUsage(at);
            else counts.add(fate, 1);
        }
    }

    private void begin(long newTerm) {
        term = newTerm;
        boolean goesOn = newTerm != IncomingSeries.NO_TERM && isWritten();
        beforeTermMillis = goesOn ? samples.lastMillis() : Long.MIN_VALUE;
    }

    private static SampleFate refusal(long at, double amount, long oldest, long newest) {
        if (at > newest) return SampleFate.FUTURE;
        if (at < oldest) return SampleFate.TOO_OLD;
        if (amount >= 0 && amount < Double.POSITIVE_INFINITY) return SampleFate.KEPT;
        if (PushedSamples.isStaleMarker(amount)) return SampleFate.KEPT;
        return amount < 0 && amount > Double.NEGATIVE_INFINITY ? SampleFate.NEGATIVE : SampleFate.NOT_FINITE;
    }
}
