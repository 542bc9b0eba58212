/** What containers use while they start. Front door: {@link StartUse}. Pure: no I/O, no clock. Used by: the forecasters. */
@NullMarked
package io.trimtab.forecast.starts;

import org.jspecify.annotations.NullMarked;
