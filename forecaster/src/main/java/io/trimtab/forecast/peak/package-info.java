/** How high the next hour will go, asked again and again. Front door: {@link HourlyPeakForecaster}. Pure: no I/O, no clock. Used by: the benchmark. */
@NullMarked
package io.trimtab.forecast.peak;

import org.jspecify.annotations.NullMarked;
