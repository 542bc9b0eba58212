/** What a user pays other than list prices. Front door: {@link Tariff}. Pure. Used by: prices, account, service. */
@NullMarked
package io.trimtab.cost.tariff;

import org.jspecify.annotations.NullMarked;
