package io.trimtab.ingest.remotewrite;

import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.ingest.pushed.PushedSeries;
import io.trimtab.ingest.pushed.SampleCounts;
import io.trimtab.ingest.pushed.SampleFate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Hands the series of one request on and counts what became of them. */
final class Delivery {
    private final PushedSamples to;
    private final Instant now;
    private final long newestAllowed;
    private final SampleCounts samples = new SampleCounts();
    private long histograms;
    private long exemplars;
    private long newestMillis = Long.MIN_VALUE;

    Delivery(PushedSamples to, Instant now) {
        this.to = to;
        this.now = now;
        this.newestAllowed = now.plus(PushedSamples.MOST_AHEAD).toEpochMilli();
    }

    /** @return where its samples are kept; null when none are */
    @Nullable
    PushedSeries deliver(DecodedSeries series) {
        SampleFate fate = series.end();
        if (fate != SampleFate.KEPT) {
            samples.add(fate, fate.isRefusal() ? Math.max(1, series.size()) : series.size());
            return null;
        }
        PushedSeries keptIn = to.write(series.keptIn(), series, now, samples);
        boolean usage = series.metric().isUsage();
        for (int i = 0; usage && i < series.size(); i++)
            if (series.atMillis(i) <= newestAllowed) newestMillis = Math.max(newestMillis, series.atMillis(i));
        return keptIn;
    }

    void histogram() {
        histograms++;
    }

    void exemplar() {
        exemplars++;
    }

    /** What has been delivered, once all is. */
    Received received() {
        if (newestMillis > Long.MIN_VALUE) to.brought(newestMillis);
        return new Received(samples, histograms, exemplars);
    }
}
