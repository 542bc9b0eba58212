package io.trimtab.forecast.peak;

/** Quantiles of the maximum of the next hour; finite, {@code p50 <= p95}, and not negative when no sample was. */
public record HourlyPeak(double p50, double p95) {}
