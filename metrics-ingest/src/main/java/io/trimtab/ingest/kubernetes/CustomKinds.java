package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks now and then which of some kinds the cluster has, since they may be installed or removed at any time, and begins or ends their watches. */
final class CustomKinds implements AutoCloseable {
    private static final Duration LOOK_AGAIN_AFTER_FAILURE = Duration.ofSeconds(5);

    /** @param since when no look has got an answer */
    record Failure(Instant since, String why) {}

    private final KubernetesClient client;
    private final InstantSource clock;
    private final Duration lookEvery;
    private final List<CustomKind<?>> kinds;
    private final Thread looking;
    private volatile Optional<Failure> failure = Optional.empty();
    private volatile boolean looked;
    private volatile boolean closed;

    /** Starts nothing yet. */
    CustomKinds(KubernetesClient client, InstantSource clock, Duration lookEvery, List<CustomKind<?>> kinds) {
        this.client = client;
        this.clock = clock;
        this.lookEvery = lookEvery;
        this.kinds = List.copyOf(kinds);
        this.looking = Thread.ofVirtual().name("custom-kinds").unstarted(this::look);
    }

    /** Begins to look and to watch; returns at once. */
    void start() {
        looking.start();
    }

    /** Whether it is known which kinds there are. */
    boolean looked() {
        return looked;
    }

    Optional<Failure> failure() {
        return failure;
    }

    /** Whether every kind has been listed that the cluster has and that may be read. */
    boolean hasSynced() {
        return kinds.stream().allMatch(CustomKind::hasSynced);
    }

    /** What is not watched, one line each: what, where, since when and what to do; empty when all is well. */
    List<String> problems(Instant now) {
        Stream<String> unknown = failure.stream()
                .map(it -> "Kubernetes at %s: the kinds of %s cannot be looked up since %s: %s; %s"
                        .formatted(
                                client.getMasterUrl().toString().replaceAll("/+$", ""),
                                String.join(", ", groups()),
                                it.since(),
                                it.why(),
                                "check the API server and the network policy"));
        return Stream.concat(unknown, kinds.stream().flatMap(kind -> kind.problems(now).stream()))
                .toList();
    }

    private List<String> groups() {
        return kinds.stream().map(CustomKind::apiVersion).distinct().toList();
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
            beginAndEnd();
            failure = Optional.empty();
            looked = true;
        } catch (RuntimeException e) {
            // Whatever it is: nobody else looks again.
            String why = e instanceof KubernetesClientException ? KubernetesInventory.deepest(e) : e.toString();
            Instant since = failure.map(Failure::since).orElseGet(clock::instant);
            failure = Optional.of(new Failure(since, why));
        }
    }

    private void beginAndEnd() {
        try {
            for (String group : groups()) {
                Set<String> there = served(group);
                kinds.stream()
                        .filter(kind -> kind.apiVersion().equals(group))
                        .forEach(kind -> kind.installed(there.contains(kind.plural())));
            }
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) throw e;
            // Discovery may be closed to us; then each watch says for itself whether it is allowed.
            kinds.forEach(kind -> kind.installed(true));
        }
    }

    private Set<String> served(String group) {
        Optional<APIResourceList> known = Optional.ofNullable(client.getApiResources(group));
        return known.map(APIResourceList::getResources).orElse(List.of()).stream()
                .map(APIResource::getName)
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        closed = true;
        looking.interrupt();
        kinds.forEach(CustomKind::close);
    }
}
