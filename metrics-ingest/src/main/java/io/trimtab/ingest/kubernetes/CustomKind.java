package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The watch of a kind that the cluster may not have: nothing is asked while it has not, and nothing is known then. */
final class CustomKind<R> implements AutoCloseable {
    private final KubernetesClient client;
    private final ResourceDefinitionContext definition;
    private final InstantSource clock;
    private final RecordStore<GenericKubernetesResource, R> store;
    private Optional<KindWatch<GenericKubernetesResource, R>> watch = Optional.empty();
    private boolean looked;
    private boolean closed;

    CustomKind(
            KubernetesClient client,
            ResourceDefinitionContext definition,
            InstantSource clock,
            Function<GenericKubernetesResource, R> mapping,
            RecordStore.Listener<R> listener) {
        this.client = client;
        this.definition = definition;
        this.clock = clock;
        this.store = new RecordStore<>(GenericKubernetesResource::new, mapping, listener);
    }

    /** One that nobody listens to. */
    CustomKind(
            KubernetesClient client,
            ResourceDefinitionContext definition,
            InstantSource clock,
            Function<GenericKubernetesResource, R> mapping) {
        this(client, definition, clock, mapping, (before, after) -> {});
    }

    static ResourceDefinitionContext definition(
            String group, String version, String plural, String kind, boolean namespaced) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withPlural(plural)
                .withKind(kind)
                .withNamespaced(namespaced)
                .build();
    }

    /** As RBAC rules name it, with its group. */
    String resources() {
        return definition.getPlural() + "." + definition.getGroup();
    }

    /** Group and version. */
    String apiVersion() {
        return definition.getGroup() + "/" + definition.getVersion();
    }

    String plural() {
        return definition.getPlural();
    }

    /** Begins or ends the watch, as the cluster has the kind or not. */
    synchronized void installed(boolean there) {
        if (closed) return;
        looked = true;
        if (there && watch.isEmpty()) {
            var informer = client.genericKubernetesResources(definition)
                    .inAnyNamespace()
                    .withLimit(KindWatch.PAGE)
                    .runnableInformer(0);
            String server = client.getMasterUrl().toString().replaceAll("/+$", "");
            watch = Optional.of(new KindWatch<>(resources(), server, true, clock, informer, store));
            watch.get().start();
        }
        if (!there && watch.isPresent()) {
            watch.get().close();
            watch = Optional.empty();
            store.clear();
        }
    }

    /** Whether all there is, or that there is none, or that it may not be read, is known. */
    synchronized boolean hasSynced() {
        return looked
                && watch.map(it -> it.hasSynced() || it.isForbidden() || it.isAbsent())
                        .orElse(true);
    }

    synchronized boolean isForbidden() {
        return watch.filter(KindWatch::isForbidden).isPresent();
    }

    List<R> records() {
        return store.records();
    }

    /** @param namespace empty for what has none */
    Optional<R> record(String namespace, String name) {
        return store.record(namespace, name);
    }

    /** Why an object cannot be read, if it cannot. */
    Optional<String> unreadable(String namespace, String name) {
        return store.complaint(namespace, name);
    }

    /** One line each; none for a kind that the cluster has not. */
    synchronized List<String> problems(Instant now) {
        return watch.filter(it -> !it.isAbsent()).map(it -> it.problems(now)).orElse(List.of());
    }

    @Override
    public synchronized void close() {
        closed = true;
        watch.ifPresent(KindWatch::close);
        watch = Optional.empty();
    }
}
