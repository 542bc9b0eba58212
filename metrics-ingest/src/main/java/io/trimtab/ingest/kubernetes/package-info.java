/** Keeps the inventory of a cluster from the Kubernetes API. Front door: {@link io.trimtab.ingest.kubernetes.KubernetesInventory}. Edge: watches. */
@NullMarked
package io.trimtab.ingest.kubernetes;

import org.jspecify.annotations.NullMarked;
