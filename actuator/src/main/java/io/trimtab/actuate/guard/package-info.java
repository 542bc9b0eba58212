/** What may be done now, and what must wait. */
@NullMarked
package io.trimtab.actuate.guard;

import org.jspecify.annotations.NullMarked;
