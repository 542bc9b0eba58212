/** Several forecasts made one, with bounds that mean what they say. Front door: {@link SeasonalForecaster}. Pure: no I/O, no clock. Used by: the benchmark. */
@NullMarked
package io.trimtab.forecast.ensemble;

import org.jspecify.annotations.NullMarked;
