/** Reads usage from anything that answers the Prometheus HTTP API. Front door: {@link io.trimtab.ingest.promql.PrometheusUsageSource}. Edge: HTTP. */
@NullMarked
package io.trimtab.ingest.promql;

import org.jspecify.annotations.NullMarked;
