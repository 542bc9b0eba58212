package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The watch of one kind: keeps trying for ever, keeps what it knew meanwhile, and says since when it is broken. */
final class KindWatch<T extends HasMetadata, R> implements AutoCloseable {
    /** A watch ends and begins again every few minutes by design. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    /** Objects of one answer of a listing, as kubectl asks for; the whole of 30,000 pods would be 300 MB of JSON at once. */
    static final long PAGE = 500;

    private static final int MOST_UNREADABLE_NAMED = 3;

    /**
     * @param why in the API server's or the socket's words; empty while that is not known
     * @param code of HTTP; 0 where there was no answer
     */
    private record Broken(Instant since, Optional<String> why, int code) {
        boolean forbidden() {
            return code == HttpURLConnection.HTTP_FORBIDDEN || code == HttpURLConnection.HTTP_UNAUTHORIZED;
        }
    }

    private final String resources;
    private final String server;
    private final boolean optional;
    private final InstantSource clock;
    private final RecordStore<T, R> store;
    private final SharedIndexInformer<T> informer;
    private Optional<Broken> broken = Optional.empty();

    /**
     * @param resources the kind's plural as RBAC rules name it, such as {@code pods}
     * @param optional whether a cluster may do without the kind; it is looked for again all the same
     */
    KindWatch(
            String resources,
            String server,
            boolean optional,
            InstantSource clock,
            SharedIndexInformer<T> informer,
            RecordStore<T, R> store) {
        this.resources = resources;
        this.server = server;
        this.optional = optional;
        this.clock = clock;
        this.store = store;
        this.informer = informer.itemStore(store).exceptionHandler((started, failure) -> {
            failed(failure);
            return true;
        });
    }

    void start() {
        // A failure of the first listing comes back through the exception handler as well.
        informer.start();
    }

    boolean hasSynced() {
        return informer.hasSynced();
    }

    /** Whether it is being listed for the first time, and no attempt has failed. */
    synchronized boolean isListing() {
        return !hasSynced() && broken.flatMap(Broken::why).isEmpty();
    }

    /** Whether the API server will not show it to us; it is asked again all the same. */
    synchronized boolean isForbidden() {
        return broken.filter(Broken::forbidden).isPresent();
    }

    /** Whether every object of the kind could be read. */
    boolean isWhole() {
        return store.unreadable().isEmpty();
    }

    /** Whether it is optional and the cluster does without it. */
    synchronized boolean isAbsent() {
        return optional
                && !informer.isWatching()
                && broken.filter(it -> it.code() == HttpURLConnection.HTTP_NOT_FOUND)
                        .isPresent();
    }

    List<R> records() {
        return isAbsent() ? List.of() : store.records();
    }

    List<R> records(String namespace) {
        return store.records(namespace);
    }

    /** @param namespace empty for what has none */
    Optional<R> record(String namespace, String name) {
        return store.record(namespace, name);
    }

    /** Since when nothing is heard of this kind; empty while all is well. */
    synchronized Optional<Instant> brokenSince(Instant now) {
        if (informer.isWatching()) {
            broken = Optional.empty();
        } else if (broken.isEmpty()) {
            broken = Optional.of(new Broken(now, Optional.empty(), 0));
        }
        return broken.filter(
                        it -> it.why().isPresent() || !it.since().plus(GRACE).isAfter(now))
                .map(Broken::since);
    }

    /** One line each: what is broken, where, since when and what to do. */
    synchronized List<String> problems(Instant now) {
        List<String> lines = new ArrayList<>();
        if (brokenSince(now).isPresent() && !isAbsent()) broken.map(this::line).ifPresent(lines::add);
        Stream<String> odd = store.unreadable().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(MOST_UNREADABLE_NAMED)
                .map(entry -> "Kubernetes at %s: %s %s cannot be read: %s; correct the object"
                        .formatted(server, resources, entry.getKey(), entry.getValue()));
        return Stream.concat(lines.stream(), odd).toList();
    }

    private String line(Broken it) {
        String state = hasSynced() ? "not heard of since" : "never listed, tried since";
        String next = it.forbidden()
                ? "grant list and watch on %s to Trimtab's service account".formatted(resources)
                : "check the API server and the network policy";
        String why = it.why().map(words -> ": " + words).orElse("");
        return "Kubernetes at %s: %s %s %s%s; %s".formatted(server, resources, state, it.since(), why, next);
    }

    private synchronized void failed(Throwable failure) {
        Instant since = broken.map(Broken::since).orElseGet(clock::instant);
        int code = 0;
        Throwable deepest = failure;
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof KubernetesClientException answer && answer.getCode() > 0) code = answer.getCode();
            deepest = at;
        }
        String words = String.valueOf(deepest.getMessage()).replaceAll("\\s+", " ");
        broken = Optional.of(new Broken(since, Optional.of(words), code));
    }

    @Override
    public void close() {
        informer.close();
    }
}
