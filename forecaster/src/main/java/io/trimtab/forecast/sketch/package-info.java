/** Decaying histograms of usage, to the last bit as the stock VPA keeps them. Front door: {@link DecayingHistogram}. Pure. Used by: forecast. */
@NullMarked
package io.trimtab.forecast.sketch;

import org.jspecify.annotations.NullMarked;
