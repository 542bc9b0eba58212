/** Certificates and keys in PEM for clients of ours. Front door: {@link io.trimtab.ingest.tls.Tls}. Used by: promql, triggers. */
@NullMarked
package io.trimtab.ingest.tls;

import org.jspecify.annotations.NullMarked;
