/** What a closed hour came to, pod by pod and node by node. Front door: {@link ClosedHour}. Pure. Used by: ledger, service. */
@NullMarked
package io.trimtab.cost.account;

import org.jspecify.annotations.NullMarked;
