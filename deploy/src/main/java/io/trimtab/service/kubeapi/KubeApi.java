package io.trimtab.service.kubeapi;

import com.github.benmanes.caffeine.cache.Ticker;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.trimtab.service.config.Settings;
import io.trimtab.service.config.SettingsException;
import io.trimtab.service.connections.ConnectionBound;
import io.trimtab.service.tls.ServingCertificate;
import java.net.BindException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Serves {@code external.metrics.k8s.io} on a port of its own. It has an application context of its own too, so that neither port has the other's routes. */
public final class KubeApi implements AutoCloseable {
    private static final String OURS = "io.trimtab.service";
    private static final int LARGEST_REQUEST_BYTES = 1 << 20;

    private final ApplicationContext context;
    private final EmbeddedServer server;
    private final KubernetesClient client;

    private KubeApi(ApplicationContext context, EmbeddedServer server, KubernetesClient client) {
        this.context = context;
        this.server = server;
        this.client = client;
    }

    /**
     * @param certificate that is shown
     * @param client asks the cluster who may read; closed with this
     * @param sources of the metrics
     * @param bound of connections
     * @throws SettingsException if a setting cannot work, such as a port that is taken
     */
    public static KubeApi start(
            Settings.KubeApi settings,
            ServingCertificate certificate,
            KubernetesClient client,
            List<ExternalMetricSource> sources,
            ConnectionBound bound) {
        Access access = new Access(
                new FrontProxyAuthentication(() -> FrontProxySettings.read(client)),
                new TokenAuthentication(client),
                new Authorization(
                        review -> client.authorization()
                                .v1()
                                .subjectAccessReview()
                                .create(review),
                        Ticker.systemTicker()));
        ApplicationContext context = ApplicationContext.builder()
                .properties(Map.of(
                        "micronaut.server.host",
                        settings.host(),
                        "micronaut.server.max-request-size",
                        LARGEST_REQUEST_BYTES,
                        "micronaut.server.ssl.enabled",
                        true,
                        "micronaut.server.ssl.port",
                        settings.port() == 0 ? -1 : settings.port(),
                        "micronaut.application.name",
                        "trimtab-kubernetes-api"))
                .beansPredicate(bean -> owns(bean.getBeanType())
                        || bean.getBeanType().getPackage().equals(ConnectionBound.class.getPackage())
                        || bean.getBeanType().getPackage().equals(ServingCertificate.class.getPackage())
                        || !bean.getBeanType().getName().startsWith(OURS))
                .singletons(certificate, access, new ExternalMetrics(sources), bound)
                .banner(false)
                .start();
        return new KubeApi(context, listen(context, settings), client);
    }

    /** Whether a bean belongs to this port; the other port's context leaves such beans out. */
    public static boolean owns(Class<?> bean) {
        return bean.getPackage().equals(KubeApi.class.getPackage());
    }

    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        context.close();
        client.close();
    }

    private static EmbeddedServer listen(ApplicationContext context, Settings.KubeApi settings) {
        try {
            return context.getBean(EmbeddedServer.class).start();
        } catch (RuntimeException e) {
            context.close();
            for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (!(cause instanceof BindException)) continue;
                throw new SettingsException("port %d of %s is taken; choose another with --tls-port"
                        .formatted(settings.port(), settings.host()));
            }
            throw e;
        }
    }
}
