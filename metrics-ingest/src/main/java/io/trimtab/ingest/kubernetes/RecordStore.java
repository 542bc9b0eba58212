package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An informer's store that keeps our record of each object and, of the object itself, only its version: 30,000 pods whole take ten times the
 * room. What the informer asks for is made anew, with name and version and nothing else. An object that cannot be read keeps its last readable
 * record and is named.
 */
final class RecordStore<T extends HasMetadata, R> implements ItemStore<T> {
    /** @param version the object's resourceVersion, by which the informer sees whether an update changes anything */
    private record Kept<R>(
            @Nullable String version, @Nullable R record) {
        Optional<R> known() {
            return Optional.ofNullable(record);
        }

        Stream<R> stream() {
            return Stream.ofNullable(record);
        }
    }

    /** Hears of each record that is new, other than before, or gone; runs on the watch's thread, so it must be quick. */
    @FunctionalInterface
    interface Listener<R> {
        void changed(Optional<R> before, Optional<R> after);
    }

    private final Supplier<T> empty;
    private final Function<T, R> mapping;
    private final Listener<R> listener;

    /** By namespace, which is empty for what has none; then by the informer's key. */
    private final Map<String, Map<String, Kept<R>>> kept = new ConcurrentHashMap<>();

    private final Map<String, String> unreadable = new ConcurrentHashMap<>();

    RecordStore(Supplier<T> empty, Function<T, R> mapping) {
        this(empty, mapping, (before, after) -> {});
    }

    RecordStore(Supplier<T> empty, Function<T, R> mapping, Listener<R> listener) {
        this.empty = empty;
        this.mapping = mapping;
        this.listener = listener;
    }

    List<R> records() {
        return all().flatMap(Kept::stream).toList();
    }

    List<R> records(String namespace) {
        return kept.getOrDefault(namespace, Map.of()).values().stream()
                .flatMap(Kept::stream)
                .toList();
    }

    /** @param namespace empty for what has none */
    Optional<R> record(String namespace, String name) {
        return find(Cache.namespaceKeyFunc(namespace, name)).flatMap(Kept::known);
    }

    /** Why an object cannot be read, if it cannot. */
    Optional<String> complaint(String namespace, String name) {
        return Optional.ofNullable(unreadable.get(Cache.namespaceKeyFunc(namespace, name)));
    }

    /** Key and complaint of each object that could not be read. */
    Map<String, String> unreadable() {
        return Map.copyOf(unreadable);
    }

    /** Forgets everything, one after the other. */
    void clear() {
        keySet().toList().forEach(this::remove);
    }

    @Override
    public String getKey(T object) {
        return Cache.metaNamespaceKeyFunc(object);
    }

    // The interface's answer for an unknown key is null.
    @SuppressWarnings("NullAway")
    @Override
    public T put(String key, T object) {
        Optional<Kept<R>> before = find(key);
        Optional<R> known = before.flatMap(Kept::known);
        Optional<R> record;
        try {
            record = Optional.of(mapping.apply(object));
            unreadable.remove(key);
        } catch (RuntimeException e) {
            // One odd object must not end the watch of its kind.
            unreadable.put(key, String.valueOf(e.getMessage()));
            record = known;
        }
        var now = new Kept<>(object.getMetadata().getResourceVersion(), record.orElse(null));
        kept.compute(namespaceOf(key), (namespace, its) -> {
            Map<String, Kept<R>> entries = orNew(its);
            entries.put(key, now);
            return entries;
        });
        if (!record.equals(known)) listener.changed(known, record);
        return before.map(it -> skeleton(key, it)).orElse(null);
    }

    private static <K, V> Map<K, V> orNew(@Nullable Map<K, V> map) {
        return map == null ? new ConcurrentHashMap<>() : map;
    }

    @SuppressWarnings("NullAway")
    @Override
    public T remove(String key) {
        unreadable.remove(key);
        Optional<Kept<R>> before = find(key);
        kept.computeIfPresent(namespaceOf(key), (namespace, its) -> {
            its.remove(key);
            return its.isEmpty() ? null : its;
        });
        Optional<R> known = before.flatMap(Kept::known);
        if (known.isPresent()) listener.changed(known, Optional.empty());
        return before.map(it -> skeleton(key, it)).orElse(null);
    }

    @Override
    public Stream<String> keySet() {
        return kept.values().stream().flatMap(its -> its.keySet().stream());
    }

    @Override
    public Stream<T> values() {
        return kept.values().stream()
                .flatMap(its -> its.entrySet().stream())
                .map(entry -> skeleton(entry.getKey(), entry.getValue()));
    }

    @Override
    public int size() {
        return kept.values().stream().mapToInt(Map::size).sum();
    }

    @SuppressWarnings("NullAway")
    @Override
    public T get(String key) {
        return find(key).map(it -> skeleton(key, it)).orElse(null);
    }

    private Stream<Kept<R>> all() {
        return kept.values().stream().flatMap(its -> its.values().stream());
    }

    private Optional<Kept<R>> find(String key) {
        return Optional.ofNullable(kept.getOrDefault(namespaceOf(key), Map.of()).get(key));
    }

    private static String namespaceOf(String key) {
        int slash = key.indexOf('/');
        return slash < 0 ? "" : key.substring(0, slash);
    }

    private T skeleton(String key, Kept<R> it) {
        int slash = key.indexOf('/');
        T skeleton = empty.get();
        skeleton.setMetadata(new ObjectMetaBuilder()
                .withNamespace(slash < 0 ? null : key.substring(0, slash))
                .withName(key.substring(slash + 1))
                .withResourceVersion(it.version())
                .build());
        return skeleton;
    }
}
