package io.trimtab.ingest.metricsapi;

import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.pushed.IncomingSeries;
import io.trimtab.ingest.pushed.PushedMetric;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** One container's use of one resource at one moment, as a series of one sample. */
record PolledSeries(PushedMetric metric, ContainerId container, long at, double value, UUID fingerprint)
        implements IncomingSeries {
    static PolledSeries of(PushedMetric metric, ContainerId container, long atMillis, double value) {
        byte[] name = "%s %s".formatted(metric, container).getBytes(StandardCharsets.UTF_8);
        return new PolledSeries(metric, container, atMillis, value, UUID.nameUUIDFromBytes(name));
    }

    @Override
    public long highFingerprint() {
        // The fixed bits of a UUID lie elsewhere than those by which series are spread.
        return fingerprint.getLeastSignificantBits();
    }

    @Override
    public long lowFingerprint() {
        return fingerprint.getMostSignificantBits();
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public long atMillis(int index) {
        return at;
    }

    @Override
    public double amount(int index) {
        return value;
    }
}
