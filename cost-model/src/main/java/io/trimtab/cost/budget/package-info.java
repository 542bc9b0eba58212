/** What may be spent in a month, and when it will be. Front door: {@link Budget}. Pure: no I/O, no clock. Used by: the service. */
@NullMarked
package io.trimtab.cost.budget;

import org.jspecify.annotations.NullMarked;
