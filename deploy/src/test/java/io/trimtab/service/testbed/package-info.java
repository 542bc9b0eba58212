/**
 * Real servers for tests: a Kubernetes control plane ({@link WithTestbed}) and a Prometheus ({@link PrometheusServer}). What is not
 * installed skips the test with the line that says how to install it, and fails it where {@code CI=true}.
 */
@NullMarked
package io.trimtab.service.testbed;

import org.jspecify.annotations.NullMarked;
