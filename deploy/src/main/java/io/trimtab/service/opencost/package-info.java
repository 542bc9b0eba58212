/** Answers as OpenCost does, from the account, on a port of its own. Front door: {@link OpenCostPort}. Used by: loop. */
@NullMarked
package io.trimtab.service.opencost;

import org.jspecify.annotations.NullMarked;
