package io.trimtab.forecast.online;

/**
 * What is expected of the highest minute of one hour.
 *
 * @param startSeconds of the hour, since 1970
 */
public record HourAhead(long startSeconds, double p50, double p95) {}
