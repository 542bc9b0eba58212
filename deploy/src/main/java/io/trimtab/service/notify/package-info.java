/** Tells whoever wants to know, once, of budgets that do not last and of what is spent above the usual. Front door: {@link Notifier}. Used by: the loop. */
@NullMarked
package io.trimtab.service.notify;

import org.jspecify.annotations.NullMarked;
