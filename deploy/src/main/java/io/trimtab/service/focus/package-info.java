/** Charges of FOCUS 1.2 of the account, as streams. Front door: {@link FocusExports}. Used by: api. */
@NullMarked
package io.trimtab.service.focus;

import org.jspecify.annotations.NullMarked;
