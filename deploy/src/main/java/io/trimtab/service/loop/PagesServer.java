package io.trimtab.service.loop;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.trimtab.service.config.Settings;
import io.trimtab.service.config.SettingsException;
import io.trimtab.service.connections.GracefulEnd;
import io.trimtab.service.kubeapi.KubeApi;
import io.trimtab.service.opencost.OpenCostPort;
import java.net.BindException;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The server of pages and REST, and of what is sent over HTTP. */
final class PagesServer {
    /** Reading a document takes some ten times its bytes. */
    private static final int PART_OF_HEAP = 16;

    private static final int LARGEST_REQUEST_BYTES = 64 << 20;

    /** Of a connection over which nothing goes either way; a Prometheus and a collector send more often, and browsers connect again. */
    private static final Duration LONGEST_IDLE = Duration.ofMinutes(5);

    private PagesServer() {}

    /**
     * @param ends gets its end, even where it cannot be started
     * @param singletons what its controllers ask for
     * @throws SettingsException if the port is taken
     */
    static EmbeddedServer start(Settings settings, Deque<Runnable> ends, Object... singletons) {
        ApplicationContext context = ApplicationContext.builder()
                .properties(Map.of(
                        "micronaut.server.port",
                        settings.port() == 0 ? -1 : settings.port(),
                        "micronaut.server.host",
                        settings.host(),
                        "micronaut.server.max-request-size",
                        largestRequest(),
                        "micronaut.server.idle-timeout",
                        LONGEST_IDLE,
                        "micronaut.application.name",
                        "trimtab"))
                .singletons(singletons)
                .beansPredicate(bean -> !KubeApi.owns(bean.getBeanType()) && !OpenCostPort.owns(bean.getBeanType()))
                .banner(false)
                .start();
        ends.push(() -> GracefulEnd.of(context));
        try {
            return context.getBean(EmbeddedServer.class).start();
        } catch (RuntimeException e) {
            for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (!(cause instanceof BindException)) continue;
                throw new SettingsException("port %d of %s is taken; choose another with --port"
                        .formatted(settings.port(), settings.host()));
            }
            throw e;
        }
    }

    private static int largestRequest() {
        return (int) Math.min(LARGEST_REQUEST_BYTES, Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    }
}
