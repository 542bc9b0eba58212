package io.trimtab.service.connections;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;

/** What is said of connections at {@code /metrics}. */
public final class ConnectionMetrics {
    private ConnectionMetrics() {}

    public static void register(PrometheusRegistry registry, List<ConnectionBound> ports) {
        GaugeWithCallback.builder()
                .name("trimtab_connections")
                .help("Connections that a port has.")
                .labelNames("port")
                .callback(callback -> ports.forEach(bound -> callback.call(bound.open(), bound.port())))
                .register(registry);
        CounterWithCallback.builder()
                .name("trimtab_connections_refused_total")
                .help("Connections that were closed because a port, or the address that they came from, had too many.")
                .labelNames("port")
                .callback(callback -> ports.forEach(bound -> callback.call(bound.refused(), bound.port())))
                .register(registry);
        CounterWithCallback.builder()
                .name("trimtab_connections_slow_total")
                .help("Connections that were closed because a request did not come whole in time.")
                .labelNames("port")
                .callback(callback -> ports.forEach(bound -> callback.call(bound.slow(), bound.port())))
                .register(registry);
    }
}
