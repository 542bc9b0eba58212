/**
 * The one home of the metric names that are known: which name of which producer means what, and which labels say of which container. Front door:
 * {@link io.trimtab.ingest.vocabulary.Vocabulary}. Pure: no I/O, no clock. Used by: remotewrite, otlp, promql.
 */
@NullMarked
package io.trimtab.ingest.vocabulary;

import org.jspecify.annotations.NullMarked;
