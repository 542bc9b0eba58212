/** How good a forecast was, and what follows for how much it counts. Front doors: {@link Pinball}, {@link WeightedMedian}. Pure. Used by: ensemble, peak. */
@NullMarked
package io.trimtab.forecast.accuracy;

import org.jspecify.annotations.NullMarked;
