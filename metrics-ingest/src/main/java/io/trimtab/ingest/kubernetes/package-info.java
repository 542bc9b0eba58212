/**
 * Keeps the inventory of a cluster from the Kubernetes API. Front doors: {@link io.trimtab.ingest.kubernetes.KubernetesInventory} for what runs,
 * {@link io.trimtab.ingest.kubernetes.KubernetesTriggeredScaling} for what KEDA's objects ask for. Edge: watches.
 */
@NullMarked
package io.trimtab.ingest.kubernetes;

import org.jspecify.annotations.NullMarked;
