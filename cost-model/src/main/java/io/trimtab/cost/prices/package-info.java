/** What machines cost. Front door: {@link PriceBook}. Reads its catalogue from the class path once. */
@NullMarked
package io.trimtab.cost.prices;

import org.jspecify.annotations.NullMarked;
