/** Least squares and quantiles of one value by others. Front doors: {@link Products}, {@link QuantileRegression}. Pure. Used by: season, peak. */
@NullMarked
package io.trimtab.forecast.regression;

import org.jspecify.annotations.NullMarked;
