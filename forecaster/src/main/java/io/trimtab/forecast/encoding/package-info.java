/** What a forecaster has learned, as bytes: small, and without I/O, which the core has none of. Front doors: {@link StateWriter} and {@link StateReader}. Pure. Used by: forecast, and by the edge that keeps the bytes. */
@NullMarked
package io.trimtab.forecast.encoding;

import org.jspecify.annotations.NullMarked;
