/**
 * Prometheus remote write, 1.0 and 2.0: from the bytes of a request to pushed samples. Front door: {@link io.trimtab.ingest.remotewrite.RemoteWrite}.
 * Knows no HTTP server. Used by: service.
 */
@NullMarked
package io.trimtab.ingest.remotewrite;

import org.jspecify.annotations.NullMarked;
