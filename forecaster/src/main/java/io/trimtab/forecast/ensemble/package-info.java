/** Several forecasts made one, with bounds that mean what they say. Front door: {@link SeasonalForecaster}. Pure: no I/O, no clock. Used by: the benchmark, and what asks for a forecast from outside. */
@NullMarked
package io.trimtab.forecast.ensemble;

import org.jspecify.annotations.NullMarked;
