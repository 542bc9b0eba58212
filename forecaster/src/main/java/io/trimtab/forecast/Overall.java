package io.trimtab.forecast;

import io.trimtab.ingest.model.Resource;

/**
 * How good what was said of the hours that are over was, over all series of a resource.
 *
 * @param series that were judged for a day or longer; the others do not count here
 * @param mase mean over the series, likewise {@code coverage}
 * @param betterThanNaive how many of the series
 */
public record Overall(Resource resource, int series, double mase, double coverage, int betterThanNaive) {}
