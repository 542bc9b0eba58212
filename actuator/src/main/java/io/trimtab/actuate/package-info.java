/** Does what was recommended, safely; the only writer to a cluster. */
@NullMarked
package io.trimtab.actuate;

import org.jspecify.annotations.NullMarked;
