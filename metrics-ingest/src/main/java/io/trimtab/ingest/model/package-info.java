/** What a cluster is and what it used, as immutable records; {@link io.trimtab.ingest.model.ClusterSnapshot} holds them together. Pure: no I/O, no clock. Used by every module. */
@NullMarked
package io.trimtab.ingest.model;

import org.jspecify.annotations.NullMarked;
