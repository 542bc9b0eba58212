package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.trimtab.ingest.model.WorkloadId;
import java.util.Objects;
import java.util.Optional;

/** A record and the object that controls it directly. */
record Owned<R>(R record, Optional<WorkloadId> controller) {
    /** The owner that is marked as controller; a node, which owns the mirror pods of its static pods, is no workload. */
    static Optional<WorkloadId> controllerOf(ObjectMeta metadata) {
        return metadata.getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController())
                        && !owner.getKind().equals("Node"))
                .findFirst()
                .map(owner -> idOf(metadata, owner));
    }

    private static WorkloadId idOf(ObjectMeta metadata, OwnerReference owner) {
        return new WorkloadId(
                Objects.requireNonNullElse(metadata.getNamespace(), "default"), owner.getKind(), owner.getName());
    }
}
