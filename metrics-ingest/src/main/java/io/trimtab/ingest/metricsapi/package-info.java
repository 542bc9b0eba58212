/**
 * Usage out of the cluster's own metrics API, {@code metrics.k8s.io}, for clusters without any other source. Front door:
 * {@link io.trimtab.ingest.metricsapi.MetricsApiUsage}. Used by: service.
 */
@NullMarked
package io.trimtab.ingest.metricsapi;

import org.jspecify.annotations.NullMarked;
