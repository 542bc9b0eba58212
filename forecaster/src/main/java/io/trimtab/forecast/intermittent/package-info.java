/** Demand that comes now and then. Front door: {@link Intermittent}. Pure: no I/O, no clock. Used by: forecast.ensemble, forecast.online. */
@NullMarked
package io.trimtab.forecast.intermittent;

import org.jspecify.annotations.NullMarked;
