/**
 * What senders have pushed, kept for an hour and a half. Front door: {@link io.trimtab.ingest.pushed.PushedSamples}, read by
 * {@link io.trimtab.ingest.pushed.PushedUsage}. Used by: remotewrite.
 */
@NullMarked
package io.trimtab.ingest.pushed;

import org.jspecify.annotations.NullMarked;
