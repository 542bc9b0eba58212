package io.trimtab.service.opencost;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.trimtab.service.account.CostAccount;
import io.trimtab.service.config.SettingsException;
import io.trimtab.service.connections.ConnectionBound;
import java.net.BindException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Serves OpenCost's routes. It has an application context of its own, so that neither port has the other's routes. */
public final class OpenCostPort implements AutoCloseable {
    private static final String OURS = "io.trimtab.service";
    private static final int LARGEST_REQUEST_BYTES = 1 << 20;

    private final ApplicationContext context;
    private final EmbeddedServer server;

    private OpenCostPort(ApplicationContext context, EmbeddedServer server) {
        this.context = context;
        this.server = server;
    }

    /**
     * @param port 0 takes a free one
     * @param account that is asked
     * @param bound of connections
     * @throws SettingsException if the port is taken
     */
    public static OpenCostPort start(int port, String host, CostAccount account, ConnectionBound bound) {
        PrometheusRegistry registry = new PrometheusRegistry();
        registry.register(new OpenCostMetrics(account::latest));
        ApplicationContext context = ApplicationContext.builder()
                .properties(Map.of(
                        "micronaut.server.host",
                        host,
                        "micronaut.server.port",
                        port == 0 ? -1 : port,
                        "micronaut.server.max-request-size",
                        LARGEST_REQUEST_BYTES,
                        "micronaut.application.name",
                        "trimtab-opencost"))
                .beansPredicate(bean -> owns(bean.getBeanType())
                        || bean.getBeanType().getPackage().equals(ConnectionBound.class.getPackage())
                        || !bean.getBeanType().getName().startsWith(OURS))
                .singletons(account, registry, bound)
                .banner(false)
                .start();
        return new OpenCostPort(context, listen(context, port, host));
    }

    /** Whether a bean belongs to this port; the other ports' contexts leave such beans out. */
    public static boolean owns(Class<?> bean) {
        return bean.getPackage().equals(OpenCostPort.class.getPackage());
    }

    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        context.close();
    }

    private static EmbeddedServer listen(ApplicationContext context, int port, String host) {
        try {
            return context.getBean(EmbeddedServer.class).start();
        } catch (RuntimeException e) {
            context.close();
            for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (!(cause instanceof BindException)) continue;
                throw new SettingsException(
                        "port %d of %s is taken; choose another with --opencost-port".formatted(port, host));
            }
            throw e;
        }
    }
}
