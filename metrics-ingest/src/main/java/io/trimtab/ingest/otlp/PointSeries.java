package io.trimtab.ingest.otlp;

import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.pushed.IncomingSeries;
import io.trimtab.ingest.pushed.PushedMetric;

/** One point with the series that it is of. */
record PointSeries(
        PushedMetric metric, long highFingerprint, long lowFingerprint, ContainerId container, long at, double value)
        implements IncomingSeries {
    PointSeries with(long otherAt, double otherValue) {
        return new PointSeries(metric, highFingerprint, lowFingerprint, container, otherAt, otherValue);
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
