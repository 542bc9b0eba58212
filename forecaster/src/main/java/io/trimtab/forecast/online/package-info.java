/** One series forecast as it comes, in 3.3 KB. Front door: {@link OnlineSeries}. Pure: no I/O, no clock. Used by: forecast. */
@NullMarked
package io.trimtab.forecast.online;

import org.jspecify.annotations.NullMarked;
