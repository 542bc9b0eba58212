package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.trimtab.ingest.kubernetes.AuthenticationMapping.Authentication;
import io.trimtab.ingest.model.TriggeredScaling;
import io.trimtab.ingest.model.TriggeredScaling.Owner;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which workloads are scaled by triggers, kept up to date by watches of KEDA's objects. A cluster without KEDA's definitions has none, which is no
 * problem: once a minute it is looked whether they have been installed since.
 */
public final class KubernetesTriggeredScaling implements AutoCloseable {
    private static final String GROUP = "keda.sh";
    private static final String VERSION = "v1alpha1";
    private static final Duration STALE_AFTER = Duration.ofMinutes(5);
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);
    private static final Duration LOOK_AGAIN_AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Comparator<Owner> ORDER =
            Comparator.comparing(Owner::namespace).thenComparing(Owner::kind).thenComparing(Owner::name);

    /**
     * An object that cannot be followed; its workload is left as it is.
     *
     * @param why with the field's path, its value and what it must be
     */
    public record Unreadable(Owner owner, String why) {}

    private record Failure(Instant since, String why) {}

    private final KubernetesClient client;
    private final InstantSource clock;
    private final Duration lookEvery;
    private final CustomKind<ScaledObject> scaledObjects;
    private final List<CustomKind<?>> kinds;
    private final TriggerAuthentications authentications;
    private final List<Consumer<Owner>> listeners = new CopyOnWriteArrayList<>();
    private final Thread looking;
    private volatile Optional<Failure> failure = Optional.empty();
    private volatile boolean looked;
    private volatile boolean closed;

    /**
     * Starts nothing yet; see {@link #start}.
     *
     * @param client stays the caller's: it is not closed here
     * @param ownNamespace where the Secrets of ClusterTriggerAuthentications are
     */
    public KubernetesTriggeredScaling(KubernetesClient client, String ownNamespace, InstantSource clock) {
        this(client, ownNamespace, clock, LOOK_EVERY);
    }

    /** @param lookEvery how often it is looked whether the definitions are there */
    public KubernetesTriggeredScaling(
            KubernetesClient client, String ownNamespace, InstantSource clock, Duration lookEvery) {
        this.client = client;
        this.clock = clock;
        this.lookEvery = lookEvery;
        this.scaledObjects = new CustomKind<>(
                client,
                definition("scaledobjects", ScaledObjectMapping.KIND, true),
                clock,
                ScaledObjectMapping::scaledObject,
                this::changed);
        CustomKind<Authentication> ofNamespaces =
                authentications("triggerauthentications", AuthenticationMapping.KIND, true);
        CustomKind<Authentication> ofCluster =
                authentications("clustertriggerauthentications", AuthenticationMapping.CLUSTER_KIND, false);
        this.kinds = List.of(scaledObjects, ofNamespaces, ofCluster);
        this.authentications = new TriggerAuthentications(client, ownNamespace, ofNamespaces, ofCluster, clock);
        this.looking = Thread.ofVirtual().name("custom-kinds").unstarted(this::look);
    }

    private CustomKind<Authentication> authentications(String plural, String kind, boolean namespaced) {
        Function<GenericKubernetesResource, Authentication> mapping = AuthenticationMapping::authentication;
        return new CustomKind<>(client, definition(plural, kind, namespaced), clock, mapping, (before, after) -> {});
    }

    private static ResourceDefinitionContext definition(String plural, String kind, boolean namespaced) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(GROUP)
                .withVersion(VERSION)
                .withPlural(plural)
                .withKind(kind)
                .withNamespaced(namespaced)
                .build();
    }

    /** Begins to look and to watch; returns at once. */
    public void start() {
        looking.start();
    }

    /** Whether every kind has been listed that the cluster has and that may be read. */
    public boolean hasSynced() {
        return kinds.stream().allMatch(CustomKind::hasSynced);
    }

    /** What can be followed, by namespace and name; empty without the definitions. */
    public List<TriggeredScaling> scalings() {
        return scaledObjects.records().stream()
                .flatMap(object -> object.scaling().stream())
                .sorted(Comparator.comparing(TriggeredScaling::owner, ORDER))
                .toList();
    }

    /** What cannot be followed, by namespace and name. */
    public List<Unreadable> unreadable() {
        return scaledObjects.records().stream()
                .flatMap(object -> object instanceof ScaledObject.Unreadable(Owner owner, String why)
                        ? Stream.of(new Unreadable(owner, why))
                        : Stream.empty())
                .sorted(Comparator.comparing(Unreadable::owner, ORDER))
                .toList();
    }

    /** Resolves what triggers refer to. */
    public TriggerAuthentications authentications() {
        return authentications;
    }

    /**
     * Calls whenever an object is added, asks for something else, becomes unreadable or is gone; not where only its status changes.
     *
     * @param listener runs on the watch's thread, so it must be quick
     */
    public void onChange(Consumer<Owner> listener) {
        listeners.add(listener);
    }

    /** Why it is not known now which workloads are scaled by triggers; empty when it is, also where the cluster has no such objects. */
    public Optional<String> trouble() {
        Instant now = clock.instant();
        Stream<String> failed = failure.stream()
                .filter(it -> it.since().plus(STALE_AFTER).isBefore(now))
                .map(it -> "KEDA's objects cannot be looked up since %s: %s".formatted(it.since(), it.why()));
        Stream<String> unlisted = looked && scaledObjects.hasSynced()
                ? Stream.empty()
                : Stream.of("KEDA's objects have not been listed yet");
        return Stream.of(failed, scaledObjects.problems(now).stream(), unlisted)
                .flatMap(it -> it)
                .findFirst();
    }

    /** What is not watched, one line each: what, where, since when and what to do; empty when all is well. */
    public List<String> problems() {
        Instant now = clock.instant();
        Stream<String> looked = failure.stream()
                .map(it -> "Kubernetes at %s: the kinds of %s/%s cannot be looked up since %s: %s; %s"
                        .formatted(
                                client.getMasterUrl().toString().replaceAll("/+$", ""),
                                GROUP,
                                VERSION,
                                it.since(),
                                it.why(),
                                "check the API server and the network policy"));
        return Stream.concat(looked, kinds.stream().flatMap(kind -> kind.problems(now).stream()))
                .toList();
    }

    /** Ends the watches. */
    @Override
    public void close() {
        closed = true;
        looking.interrupt();
        kinds.forEach(CustomKind::close);
    }

    private void changed(Optional<ScaledObject> before, Optional<ScaledObject> after) {
        boolean same = before.map(KubernetesTriggeredScaling::withoutStatus)
                .equals(after.map(KubernetesTriggeredScaling::withoutStatus));
        if (same) return;
        Owner owner = after.or(() -> before).orElseThrow().owner();
        listeners.forEach(listener -> listener.accept(owner));
    }

    /** KEDA writes the last activity into the status every few seconds; nobody needs to wake for that. */
    private static ScaledObject withoutStatus(ScaledObject object) {
        return switch (object) {
            case ScaledObject.Followed(TriggeredScaling asked) ->
                new ScaledObject.Followed(asked.withLastActive(Optional.empty()));
            case ScaledObject.Unreadable unreadable -> unreadable;
            case ScaledObject.Ending ending -> ending;
        };
    }

    private void look() {
        try {
            while (!closed) {
                lookOnce();
                Thread.sleep(failure.isPresent() ? LOOK_AGAIN_AFTER_FAILURE : lookEvery);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookOnce() {
        try {
            Optional<APIResourceList> known = Optional.ofNullable(client.getApiResources(GROUP + "/" + VERSION));
            Set<String> there = known.map(APIResourceList::getResources).orElse(List.of()).stream()
                    .map(APIResource::getName)
                    .collect(Collectors.toSet());
            kinds.forEach(kind -> kind.installed(there.contains(kind.plural())));
            failure = Optional.empty();
            looked = true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                // Discovery may be closed to us; then each watch says for itself whether it is allowed.
                kinds.forEach(kind -> kind.installed(true));
                failure = Optional.empty();
                looked = true;
                return;
            }
            Instant since = failure.map(Failure::since).orElseGet(clock::instant);
            failure = Optional.of(new Failure(since, KubernetesInventory.deepest(e)));
        }
    }
}
