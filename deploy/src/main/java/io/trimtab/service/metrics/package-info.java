/** What the last round found and decided, as Prometheus metrics. Front door: {@link ClusterMetrics}. Made at each scrape from the state that REST serves. */
@NullMarked
package io.trimtab.service.metrics;

import org.jspecify.annotations.NullMarked;
