package io.trimtab.service.loop;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.trimtab.actuate.kubernetes.KubernetesActuator;
import io.trimtab.actuate.kubernetes.PolicyStatusWriter;
import io.trimtab.actuate.kubernetes.ScaledObjectStatus;
import io.trimtab.cost.prices.PriceBook;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.UsageSource;
import io.trimtab.ingest.kubernetes.KubernetesInventory;
import io.trimtab.ingest.kubernetes.KubernetesTriggeredScaling;
import io.trimtab.ingest.kubernetes.TriggerAuthentications;
import io.trimtab.ingest.kubernetes.UsedFields;
import io.trimtab.ingest.metricsapi.MetricsApiUsage;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.TriggerSpec;
import io.trimtab.ingest.model.TriggeredScaling;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageQuery;
import io.trimtab.ingest.promql.PrometheusSettings;
import io.trimtab.ingest.promql.PrometheusUsageSource;
import io.trimtab.ingest.pushed.PushedFirst;
import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.ingest.pushed.PushedUsage;
import io.trimtab.ingest.triggers.SourceGuard;
import io.trimtab.ingest.triggers.Triggers;
import io.trimtab.recommend.cycle.CycleSettings;
import io.trimtab.service.config.Settings;
import io.trimtab.service.config.SettingsException;
import io.trimtab.service.state.Section;
import io.trimtab.service.zero.Authentication;
import io.trimtab.service.zero.StatusWriter;
import io.trimtab.service.zero.ZeroLoop;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cluster that is watched through its API server and measured by its Prometheus, or by what is pushed. */
final class RealCluster {
    /** Where ClusterTriggerAuthentications have their Secrets when we run outside the cluster. */
    private static final String OWN_NAMESPACE = "trimtab";

    private static final Duration SLICE = Duration.ofHours(6);
    private static final Duration STALE_AFTER = Duration.ofMinutes(5);

    /** A round that waits long for an answer keeps everyone waiting, and the next round asks again anyway. */
    private static final int RETRIES = 1;

    private RealCluster() {}

    static Cluster connect(Settings.Source.Real settings, Mode mode, PriceBook prices, PushedSamples pushed) {
        InstantSource clock = InstantSource.system();
        KubernetesClient client = client(settings.kubernetes().kubeconfig());
        Optional<PrometheusUsageSource> store =
                settings.prometheus().map(server -> new PrometheusUsageSource(prometheus(server)));
        Optional<MetricsApiUsage> polled = store.isPresent()
                ? Optional.empty()
                : Optional.of(new MetricsApiUsage(
                        client,
                        pushed,
                        PushedSamples.inHalfOf(Runtime.getRuntime().maxMemory() / 2),
                        clock));
        UsageSource older = store.<UsageSource>map(it -> it).or(() -> polled).orElseThrow();
        UsageSource usage = new PushedFirst(older, new PushedUsage(pushed, clock), clock);
        KubernetesInventory inventory = new KubernetesInventory(client, clock, STALE_AFTER);
        var scaling = new KubernetesTriggeredScaling(
                client, Optional.ofNullable(client.getNamespace()).orElse(OWN_NAMESPACE), clock);
        Triggers triggers = Triggers.reading(inventory);
        PolicyStatusWriter statuses = new PolicyStatusWriter(client, clock);
        return new Cluster(
                false,
                client.getMasterUrl().toString(),
                settings.prometheus()
                        .map(server -> server.url().toString())
                        .orElse("pushed; metrics.k8s.io while nothing is"),
                1,
                clock,
                new FirstListing(inventory, clock),
                query -> withKills(usage.read(query), inventory, scaling, query),
                new KubernetesActuator(client),
                new CycleSettings(settings.history(), settings.step(), SLICE),
                Optional.of(inventory),
                Optional.of(new ZeroLoop.Parts(
                        new LiveWorkloads(inventory, scaling, prices, mode, clock),
                        triggers::open,
                        new SecretParameters(scaling.authentications()),
                        new SourceGuard(clock)::read,
                        Rounds.audited(new KubernetesActuator(client), clock),
                        status(client, mode),
                        clock,
                        InstantSource.system())),
                Optional.of(statuses),
                store.map(PrometheusUsageSource::runtimeUsage),
                List.of(Section.ofData(
                        "terminations",
                        "containers' ends whose pods are gone are not known any more, but kills that a store has",
                        1,
                        inventory::saveTerminations,
                        inventory::restoreTerminations)),
                () -> store.map(PrometheusUsageSource::findings)
                        .or(() -> polled.map(MetricsApiUsage::findings))
                        .orElse(List.of()),
                () -> {
                    inventory.start();
                    scaling.start();
                    polled.ifPresent(MetricsApiUsage::start);
                },
                () -> {
                    statuses.close();
                    triggers.close();
                    polled.ifPresent(MetricsApiUsage::close);
                    scaling.close();
                    close(inventory, store, client);
                });
    }

    private static StatusWriter status(KubernetesClient client, Mode mode) {
        if (mode == Mode.OBSERVE) return StatusWriter.NOBODY;
        ScaledObjectStatus scaledObjects = new ScaledObjectStatus(client);
        return (owner, conditions, lastActive) -> owner.kind().equals(TriggeredScaling.SCALED_OBJECT)
                ? scaledObjects.write(owner.namespace(), owner.name(), conditions, lastActive)
                : Optional.empty();
    }

    /** @param from what TriggerAuthentications resolve to */
    private record SecretParameters(TriggerAuthentications from) implements Authentication {
        @Override
        public Map<String, String> parameters(String namespace, TriggerSpec.AuthenticationRef reference)
                throws IngestException {
            return from.resolve(reference, namespace);
        }

        @Override
        public void forget(String namespace, TriggerSpec.AuthenticationRef reference) {
            from.forget(reference, namespace);
        }
    }

    /** Kills that the watch saw count even where Prometheus missed them. */
    private static UsageBatch withKills(
            UsageBatch batch, KubernetesInventory inventory, KubernetesTriggeredScaling scaling, UsageQuery query)
            throws IngestException {
        var kills = new ArrayList<>(batch.kills());
        if (query.scope() instanceof UsageQuery.Scope.Cluster) kills.addAll(inventory.killsSeenAfter(query.from()));
        List<String> gaps = new ArrayList<>(batch.gaps());
        gaps.addAll(inventory.problems());
        gaps.addAll(scaling.problems());
        return new UsageBatch(batch.series(), kills, gaps);
    }

    static KubernetesClient client(Optional<Path> kubeconfig) {
        try {
            Config config = kubeconfig
                    .map(file -> Config.fromKubeconfig(file.toFile()))
                    .orElseGet(() -> Config.autoConfigure(null));
            config.setRequestRetryBackoffLimit(RETRIES);
            return new KubernetesClientBuilder()
                    .withConfig(config)
                    .withKubernetesSerialization(UsedFields.serialization())
                    .build();
        } catch (KubernetesClientException | IllegalArgumentException e) {
            String where = kubeconfig.map(Path::toString).orElse("the pod's service account");
            throw new SettingsException(
                    "--kubeconfig (%s) is not a usable kubeconfig: %s".formatted(where, e.getMessage()));
        }
    }

    private static PrometheusSettings prometheus(Settings.Prometheus settings) {
        return PrometheusSettings.at(settings.url())
                .withAccess(settings.access())
                .withLabels(settings.labels());
    }

    private static void close(
            KubernetesInventory inventory, Optional<PrometheusUsageSource> store, KubernetesClient client) {
        inventory.close();
        store.ifPresent(PrometheusUsageSource::close);
        client.close();
    }
}
