/** Our numbers beside those of the real controllers, from the same pods and the same samples. */
@NullMarked
package io.trimtab.service.differential;

import org.jspecify.annotations.NullMarked;
