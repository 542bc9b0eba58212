package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.trimtab.ingest.kubernetes.AuthenticationMapping.Authentication;
import io.trimtab.ingest.model.TriggeredScaling;
import io.trimtab.ingest.model.TriggeredScaling.Owner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
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
    private static final Comparator<Owner> ORDER =
            Comparator.comparing(Owner::namespace).thenComparing(Owner::kind).thenComparing(Owner::name);

    /**
     * An object that cannot be followed; its workload is left as it is.
     *
     * @param why with the field's path, its value and what it must be
     */
    public record Unreadable(Owner owner, String why) {}

    private final KubernetesClient client;
    private final InstantSource clock;
    private final CustomKind<ScaledObject> scaledObjects;
    private final CustomKinds kinds;
    private final TriggerAuthentications authentications;
    private final List<Consumer<Owner>> listeners = new CopyOnWriteArrayList<>();

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
        this.kinds = new CustomKinds(client, clock, lookEvery, List.of(scaledObjects, ofNamespaces, ofCluster));
        this.authentications = new TriggerAuthentications(client, ownNamespace, ofNamespaces, ofCluster, clock);
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
        kinds.start();
    }

    /** Whether every kind has been listed that the cluster has and that may be read. */
    public boolean hasSynced() {
        return kinds.hasSynced();
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
        Stream<String> failed = kinds.failure().stream()
                .filter(it -> it.since().plus(STALE_AFTER).isBefore(now))
                .map(it -> "KEDA's objects cannot be looked up since %s: %s".formatted(it.since(), it.why()));
        Stream<String> unlisted = kinds.looked() && scaledObjects.hasSynced()
                ? Stream.empty()
                : Stream.of("KEDA's objects have not been listed yet");
        return Stream.of(failed, scaledObjects.problems(now).stream(), unlisted)
                .flatMap(it -> it)
                .findFirst();
    }

    /** What is not watched, one line each: what, where, since when and what to do; empty when all is well. */
    public List<String> problems() {
        return kinds.problems(clock.instant());
    }

    /** Ends the watches. */
    @Override
    public void close() {
        kinds.close();
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
}
