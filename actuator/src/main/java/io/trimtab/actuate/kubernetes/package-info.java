/** Writes to a Kubernetes cluster. Front door: {@link io.trimtab.actuate.kubernetes.KubernetesActuator}; {@link io.trimtab.actuate.kubernetes.DryRunActuator} only says what it would write. */
@NullMarked
package io.trimtab.actuate.kubernetes;

import org.jspecify.annotations.NullMarked;
