/** Ways to continue a series that has seasons. Front door: {@link Members}. Pure: no I/O, no clock. Used by: forecast.ensemble. */
@NullMarked
package io.trimtab.forecast.season;

import org.jspecify.annotations.NullMarked;
