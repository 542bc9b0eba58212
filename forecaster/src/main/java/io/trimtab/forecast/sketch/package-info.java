/** Decaying histograms of usage. */
@NullMarked
package io.trimtab.forecast.sketch;

import org.jspecify.annotations.NullMarked;
