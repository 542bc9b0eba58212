/** Who pays what. Front door: {@link Allocator}. Pure. Used by: recommend, service. */
@NullMarked
package io.trimtab.cost.allocation;

import org.jspecify.annotations.NullMarked;
