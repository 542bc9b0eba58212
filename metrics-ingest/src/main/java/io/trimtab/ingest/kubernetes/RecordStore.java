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

/**
 * An informer's store that keeps our record of each object and, of the object itself, only what the informer asks for: 30,000 pods whole take
 * ten times the room. An object that cannot be read keeps its last readable record and is named.
 */
final class RecordStore<T extends HasMetadata, R> implements ItemStore<T> {
    private record Kept<T, R>(T skeleton, Optional<R> record) {}

    private final Supplier<T> empty;
    private final Function<T, R> mapping;
    private final Map<String, Kept<T, R>> kept = new ConcurrentHashMap<>();
    private final Map<String, String> unreadable = new ConcurrentHashMap<>();

    RecordStore(Supplier<T> empty, Function<T, R> mapping) {
        this.empty = empty;
        this.mapping = mapping;
    }

    List<R> records() {
        return kept.values().stream().flatMap(entry -> entry.record().stream()).toList();
    }

    /** Key and complaint of each object that could not be read. */
    Map<String, String> unreadable() {
        return Map.copyOf(unreadable);
    }

    @Override
    public String getKey(T object) {
        return Cache.metaNamespaceKeyFunc(object);
    }

    // The interface's answer for an unknown key is null.
    @SuppressWarnings("NullAway")
    @Override
    public T put(String key, T object) {
        Kept<T, R> before = kept.get(key);
        Optional<R> record;
        try {
            record = Optional.of(mapping.apply(object));
            unreadable.remove(key);
        } catch (RuntimeException e) {
            // One odd object must not end the watch of its kind.
            unreadable.put(key, String.valueOf(e.getMessage()));
            record = before == null ? Optional.empty() : before.record();
        }
        kept.put(key, new Kept<>(skeleton(object), record));
        return before == null ? null : before.skeleton();
    }

    @SuppressWarnings("NullAway")
    @Override
    public T remove(String key) {
        unreadable.remove(key);
        Kept<T, R> before = kept.remove(key);
        return before == null ? null : before.skeleton();
    }

    @Override
    public Stream<String> keySet() {
        return kept.keySet().stream();
    }

    @Override
    public Stream<T> values() {
        return kept.values().stream().map(Kept::skeleton);
    }

    @Override
    public int size() {
        return kept.size();
    }

    @SuppressWarnings("NullAway")
    @Override
    public T get(String key) {
        Kept<T, R> entry = kept.get(key);
        return entry == null ? null : entry.skeleton();
    }

    private T skeleton(T object) {
        T skeleton = empty.get();
        skeleton.setMetadata(new ObjectMetaBuilder()
                .withNamespace(object.getMetadata().getNamespace())
                .withName(object.getMetadata().getName())
                .withUid(object.getMetadata().getUid())
                .withResourceVersion(object.getMetadata().getResourceVersion())
                .build());
        return skeleton;
    }
}
