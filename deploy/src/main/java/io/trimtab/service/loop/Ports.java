package io.trimtab.service.loop;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.trimtab.cost.prices.PriceBook;
import io.trimtab.service.account.CostAccount;
import io.trimtab.service.config.SenderTokens;
import io.trimtab.service.config.Settings;
import io.trimtab.service.config.SettingsException;
import io.trimtab.service.connections.ConnectionBound;
import io.trimtab.service.connections.ConnectionMetrics;
import io.trimtab.service.grpc.ExpanderMetrics;
import io.trimtab.service.grpc.ExpanderPort;
import io.trimtab.service.grpc.GrpcPort;
import io.trimtab.service.kubeapi.KubeApi;
import io.trimtab.service.opencost.OpenCostPort;
import io.trimtab.service.push.BodyBudget;
import io.trimtab.service.push.OtlpDoor;
import java.time.InstantSource;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The ports beside the pages'; each is empty where it is not served.
 *
 * @param kubeApi to it the cluster's API server comes for external metrics
 * @param grpc takes metrics of OpenTelemetry
 * @param openCost has OpenCost's routes
 * @param expander is asked by Cluster Autoscaler which node group to grow
 */
record Ports(
        Optional<KubeApi> kubeApi,
        Optional<GrpcPort> grpc,
        Optional<OpenCostPort> openCost,
        Optional<ExpanderPort> expander) {

    /** How many connections each port has, the pages' too. */
    record Bounds(
            ConnectionBound pages,
            ConnectionBound kubeApi,
            ConnectionBound grpc,
            ConnectionBound openCost,
            ConnectionBound expander) {
        static Bounds counted(PrometheusRegistry registry) {
            Bounds bounds =
                    new Bounds(usual("http"), usual("tls"), usual("grpc"), usual("opencost"), usual("expander"));
            ConnectionMetrics.register(
                    registry, List.of(bounds.pages, bounds.kubeApi, bounds.grpc, bounds.openCost, bounds.expander));
            return bounds;
        }

        private static ConnectionBound usual(String port) {
            return ConnectionBound.usual(port, InstantSource.system());
        }
    }

    /** What is served there. */
    record Served(
            Loop loop,
            OtlpDoor otlp,
            SenderTokens tokens,
            BodyBudget budget,
            CostAccount account,
            PriceBook prices,
            PrometheusRegistry registry) {}

    /**
     * @param clock of the cluster
     * @param ends gets the end of each port that is open, even where another cannot be had
     * @throws SettingsException if a port is taken or the certificate cannot be used
     */
    static Ports open(Settings settings, InstantSource clock, Served served, Bounds bounds, Deque<Runnable> ends) {
        TlsPorts tls = new TlsPorts(settings, clock);
        Optional<KubeApi> kubeApi = tls.kubeApi(served.loop(), bounds.kubeApi());
        kubeApi.ifPresent(port -> ends.push(port::close));
        Optional<GrpcPort> grpc = grpc(settings, served, bounds.grpc());
        grpc.ifPresent(port -> ends.push(port::close));
        Optional<OpenCostPort> openCost = settings.openCostPort()
                .map(port -> OpenCostPort.start(port, settings.host(), served.account(), bounds.openCost()));
        openCost.ifPresent(port -> ends.push(port::close));
        Optional<ExpanderPort> expander = tls.expander(
                new ExpanderPort.Parts(served.prices(), new ExpanderMetrics(served.registry()), bounds.expander()));
        expander.ifPresent(port -> ends.push(port::close));
        return new Ports(kubeApi, grpc, openCost, expander);
    }

    private static Optional<GrpcPort> grpc(Settings settings, Served served, ConnectionBound bound) {
        if (!(settings.source() instanceof Settings.Source.Real real)) return Optional.empty();
        return real.grpc()
                .map(port -> GrpcPort.start(port, served.otlp(), served.tokens().write(), served.budget(), bound));
    }
}
