/** Reads what a container's process is told when it is started. Front door: {@link Launch}. Pure. Used by: kubernetes. */
@NullMarked
package io.trimtab.ingest.runtime;

import org.jspecify.annotations.NullMarked;
