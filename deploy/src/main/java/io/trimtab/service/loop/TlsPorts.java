package io.trimtab.service.loop;

import io.trimtab.service.config.Settings;
import io.trimtab.service.config.SettingsException;
import io.trimtab.service.connections.ConnectionBound;
import io.trimtab.service.grpc.ExpanderPort;
import io.trimtab.service.kubeapi.KubeApi;
import io.trimtab.service.kubeapi.RecommendationMetrics;
import io.trimtab.service.tls.ServingCertificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The ports that speak TLS, with one certificate between them; a simulated cluster has none. */
final class TlsPorts {
    private record Wanted(Settings.Kubernetes kubernetes, Settings.KubeApi api, ServingCertificate certificate) {}

    private final Optional<Wanted> wanted;

    /** @throws SettingsException if the certificate cannot be used */
    TlsPorts(Settings settings, InstantSource clock) {
        this.wanted = settings.source() instanceof Settings.Source.Real real
                ? real.kubernetes()
                        .api()
                        .map(api -> new Wanted(real.kubernetes(), api, ServingCertificate.of(api, clock)))
                : Optional.empty();
    }

    /** @throws SettingsException if the port is taken */
    Optional<KubeApi> kubeApi(Loop loop, ConnectionBound bound) {
        return wanted.map(it -> KubeApi.start(
                it.api(),
                it.certificate(),
                RealCluster.client(it.kubernetes().kubeconfig()),
                List.of(new RecommendationMetrics(loop)),
                bound));
    }

    /** @throws SettingsException if the port is taken */
    Optional<ExpanderPort> expander(ExpanderPort.Parts parts) {
        return wanted.flatMap(it -> it.api()
                .expanderPort()
                .map(port -> ExpanderPort.start(it.api().host(), port, it.certificate(), parts)));
    }
}
