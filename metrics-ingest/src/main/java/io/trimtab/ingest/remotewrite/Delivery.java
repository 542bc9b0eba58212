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
    private final Sending sending;
    private final SampleCounts samples = new SampleCounts();
    private long histograms;
    private long exemplars;

    Delivery(PushedSamples to, Instant now, Sending sending) {
        this.to = to;
        this.now = now;
        this.sending = sending;
    }

    Sending sending() {
        return sending;
    }

    /** @return where its samples are kept; null when none are */
    @Nullable
    PushedSeries deliver(DecodedSeries series) {
        SampleFate fate = series.end();
        if (fate != SampleFate.KEPT) {
            samples.add(fate, fate.isRefusal() ? Math.max(1, series.size()) : series.size());
            return null;
        }
        return to.write(series.keptIn(), series, now, samples);
    }

    void histogram() {
        histograms++;
    }

    void exemplar() {
        exemplars++;
    }

    /** What has been delivered, once all is. */
    Received received() {
        samples.newestUsageMillis().ifPresent(newest -> {
            to.brought(newest);
            sending.broughtUsage();
        });
        return new Received(samples, histograms, exemplars);
    }
}
