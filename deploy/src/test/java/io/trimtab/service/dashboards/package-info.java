/** Holds the Grafana dashboards and the alerts of {@code dashboards/} to what a running Trimtab exposes. */
@NullMarked
package io.trimtab.service.dashboards;

import org.jspecify.annotations.NullMarked;
