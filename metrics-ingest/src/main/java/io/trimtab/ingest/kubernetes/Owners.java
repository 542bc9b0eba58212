package io.trimtab.ingest.kubernetes;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.PartialObjectMetadata;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.trimtab.ingest.model.WorkloadId;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * What stands above pods and is of no watched kind, such as an Argo Rollout: read once somebody asks for it, its metadata only, one after the
 * other on a thread of its own, and kept. Nobody waits for it: until it is read, it is unknown.
 */
final class Owners implements AutoCloseable {
    /** How old an answer may grow, those that say that there is nothing included. */
    private static final Duration REFRESH = Duration.ofMinutes(1);

    private static final Duration KEEP_UNASKED = Duration.ofMinutes(30);
    private static final Duration KINDS_KEPT = Duration.ofMinutes(10);
    private static final int MOST = 10_000;

    /** All kinds of these that control pods are watched. */
    private static final Set<String> WATCHED = Set.of("apps/v1", "batch/v1");

    /** At most 50 objects a second, each two or three requests. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /**
     * @param scalable whether its kind has a scale subresource
     * @param replicas that its scale asks for; empty where it has none
     */
    record Found(Optional<ControllerRef> controller, boolean scalable, OptionalInt replicas) {
        private static final Found NOTHING = new Found(Optional.empty(), false, OptionalInt.empty());
    }

    /** @param forbidden whether objects of the kind may not be read */
    private record Served(ResourceDefinitionContext definition, boolean scalable, boolean forbidden) {}

    private final KubernetesClient client;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("owners").factory());
    private final AsyncLoadingCache<ControllerRef, Found> found;

    /** By apiVersion and kind; empty for what is not served. */
    private final Cache<String, Optional<Served>> served =
            Caffeine.newBuilder().expireAfterWrite(KINDS_KEPT).maximumSize(MOST).build();

    Owners(KubernetesClient client) {
        this.client = client;
        this.found = Caffeine.newBuilder()
                .maximumSize(MOST)
                .refreshAfterWrite(REFRESH)
                .expireAfterAccess(KEEP_UNASKED)
                .executor(thread)
                .buildAsync(this::read);
    }

    /** What is known of the object by now; asking is what has it read. */
    Optional<Found> find(ControllerRef object) {
        // Their watches tell soon, or it is gone.
        if (WATCHED.contains(object.apiVersion())) return Optional.empty();
        CompletableFuture<Found> answer = found.get(object);
        return answer.isDone() && !answer.isCompletedExceptionally() ? Optional.of(answer.join()) : Optional.empty();
    }

    /** What the scales that are known by now ask for. */
    Map<WorkloadId, Integer> replicas() {
        Map<WorkloadId, Integer> replicas = new HashMap<>();
        found.synchronous()
                .asMap()
                .forEach((object, it) -> it.replicas().ifPresent(count -> replicas.put(object.id(), count)));
        return replicas;
    }

    /** The kinds whose objects may not be read, as {@code rollouts.argoproj.io}, in order. */
    Set<String> forbidden() {
        return served.asMap().values().stream()
                .flatMap(Optional::stream)
                .filter(Served::forbidden)
                .map(it -> it.definition().getPlural() + "." + it.definition().getGroup())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Found read(ControllerRef object) {
        LockSupport.parkNanos(PAUSE_NANOS);
        String key = object.apiVersion() + " " + object.id().kind();
        Optional<Served> kind = served.get(key, _ -> look(object));
        if (kind.isEmpty() || kind.get().forbidden()) return Found.NOTHING;
        try {
            return read(object, kind.get());
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) throw e;
            served.put(
                    key,
                    Optional.of(new Served(kind.get().definition(), kind.get().scalable(), true)));
            return Found.NOTHING;
        }
    }

    private Found read(ControllerRef object, Served kind) {
        var objects = client.genericKubernetesResources(kind.definition());
        var resource = kind.definition().isNamespaceScoped()
                ? objects.inNamespace(object.id().namespace())
                        .withName(object.id().name())
                : objects.withName(object.id().name());
        PartialObjectMetadata metadata = resource.getAsPartialObjectMetadata();
        if (metadata == null) return Found.NOTHING;
        return new Found(
                ControllerRef.of(metadata.getMetadata()),
                kind.scalable(),
                kind.scalable() ? replicas(resource.scale()) : OptionalInt.empty());
    }

    private static OptionalInt replicas(Scale scale) {
        if (scale == null || scale.getSpec() == null) return OptionalInt.empty();
        Integer replicas = scale.getSpec().getReplicas();
        return OptionalInt.of(replicas == null ? 0 : replicas);
    }

    private Optional<Served> look(ControllerRef object) {
        APIResourceList answer = client.getApiResources(object.apiVersion());
        List<APIResource> resources = answer == null ? List.of() : answer.getResources();
        Set<String> names = resources.stream().map(APIResource::getName).collect(Collectors.toSet());
        return resources.stream()
                .filter(it ->
                        it.getKind().equals(object.id().kind()) && !it.getName().contains("/"))
                .findFirst()
                .map(it -> new Served(
                        definition(object.apiVersion(), it), names.contains(it.getName() + "/scale"), false));
    }

    private static ResourceDefinitionContext definition(String apiVersion, APIResource resource) {
        int slash = apiVersion.indexOf('/');
        return new ResourceDefinitionContext.Builder()
                .withGroup(slash < 0 ? "" : apiVersion.substring(0, slash))
                .withVersion(apiVersion.substring(slash + 1))
                .withPlural(resource.getName())
                .withKind(resource.getKind())
                .withNamespaced(Boolean.TRUE.equals(resource.getNamespaced()))
                .build();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
