/** Feeds the decoders with what nobody should send. Front door: {@link io.trimtab.ingest.fuzz.FuzzTarget}; the long run is {@code bin/fuzz}. */
@NullMarked
package io.trimtab.ingest.fuzz;

import org.jspecify.annotations.NullMarked;
