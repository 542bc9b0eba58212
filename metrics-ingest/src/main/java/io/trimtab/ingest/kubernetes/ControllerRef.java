package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.trimtab.ingest.model.WorkloadId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The object that controls another one.
 *
 * @param apiVersion group and version, which say where the kind is served
 */
record ControllerRef(String apiVersion, WorkloadId id) {
    /** The owner that is marked as controller; a node, which owns the mirror pods of its static pods, is no workload. */
    static Optional<ControllerRef> of(ObjectMeta metadata) {
        // An object that only has its metadata may lack the list.
        List<OwnerReference> owners = Objects.requireNonNullElse(metadata.getOwnerReferences(), List.of());
        return owners.stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController())
                        && !owner.getKind().equals("Node"))
                .findFirst()
                .map(owner -> of(metadata, owner));
    }

    private static ControllerRef of(ObjectMeta metadata, OwnerReference owner) {
        String namespace = Objects.requireNonNullElse(metadata.getNamespace(), "default");
        return new ControllerRef(
                Objects.requireNonNullElse(owner.getApiVersion(), ""),
                new WorkloadId(namespace, owner.getKind(), owner.getName()));
    }
}
