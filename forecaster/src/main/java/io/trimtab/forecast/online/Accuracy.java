package io.trimtab.forecast.online;

/**
 * How good the forecasts of the next hour's maximum were, each made at the hour's start; the newest weigh most (half-life one week).
 *
 * @param hours how many were judged
 * @param mase mean error of P50 over that of the same hour a day before; 1 when neither errs
 * @param pinball mean loss of P95, in units of the mean maximum
 * @param coverage share of hours that P95 covered
 * @param betterThanNaive whether P50 erred less than both the last hour and the same hour a day before; false in the first day
 */
public record Accuracy(long hours, double mase, double pinball, double coverage, boolean betterThanNaive) {}
