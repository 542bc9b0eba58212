package io.trimtab.forecast;

import io.trimtab.forecast.Demand.History;
import io.trimtab.forecast.sketch.HistogramCheckpoint;

/** What is known of a workload's container, in the form that the stock VPA stores. */
public record UsageCheckpoint(History history, HistogramCheckpoint cpu, HistogramCheckpoint memory) {
    /** The form's version; another one divides the range into other buckets. */
    public static final String VERSION = "v3";
}
