/** Says what each workload will need. Front door: {@link Forecaster}, of which {@link HistogramForecaster} is the one that learns from samples; {@link OutlookForecaster} adds what is to come. Pure: no I/O, no clock. Used by: recommend. */
@NullMarked
package io.trimtab.forecast;

import org.jspecify.annotations.NullMarked;
