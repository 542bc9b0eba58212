/** What the account's rows are as charges of FOCUS 1.2, the FinOps Foundation's form of bills. Front door: {@link FocusCharges}. Pure. Used by: ledger. */
@NullMarked
package io.trimtab.cost.focus;

import org.jspecify.annotations.NullMarked;
