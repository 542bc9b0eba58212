/** What the sources of usage share: moments, samples, kills. Used by: promql, pushed. */
@NullMarked
package io.trimtab.ingest.usage;

import org.jspecify.annotations.NullMarked;
