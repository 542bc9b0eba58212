/** One series forecast as it comes, in at most 4 KiB. Front door: {@link OnlineSeries}. Pure: no I/O, no clock. Used by: forecast. */
@NullMarked
package io.trimtab.forecast.online;

import org.jspecify.annotations.NullMarked;
