/** What the sources of usage share: moments, samples, kills, names of pods. Used by: promql, pushed. */
@NullMarked
package io.trimtab.ingest.usage;

import org.jspecify.annotations.NullMarked;
