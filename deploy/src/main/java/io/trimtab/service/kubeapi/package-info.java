/**
 * What other parts of Kubernetes ask of Trimtab through the API server's aggregation layer: {@code external.metrics.k8s.io}, over TLS, guarded by the cluster's own
 * authentication and RBAC. Front doors: {@link KubeApi} serves; {@link ExternalMetricSource} is what a new metric implements.
 */
@NullMarked
package io.trimtab.service.kubeapi;

import org.jspecify.annotations.NullMarked;
