/** What will be spent, and what is spent that nobody expected. Front doors: {@link SpendForecaster}, {@link SpendReading}. Pure: no I/O, no clock. Used by: the budgets. */
@NullMarked
package io.trimtab.forecast.spend;

import org.jspecify.annotations.NullMarked;
