/** Ways to continue a series that has seasons. Front doors: {@link Members}, {@link SeasonFinder}. Pure: no I/O, no clock. Used by: forecast.ensemble, forecast.online, and what asks for a forecast from outside. */
@NullMarked
package io.trimtab.forecast.season;

import org.jspecify.annotations.NullMarked;
