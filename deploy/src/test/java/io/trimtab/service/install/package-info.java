/** Holds what installs Trimtab in a cluster (the Helm chart, the Kustomize folders, docs/install.md) to a real API server and to a running Trimtab. */
@NullMarked
package io.trimtab.service.install;

import org.jspecify.annotations.NullMarked;
