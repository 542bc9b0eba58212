package io.trimtab.ingest.kubernetes;

import io.trimtab.ingest.kubernetes.Owners.Found;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Follows controllers upward from a pod, to the object that people scale. */
final class OwnerChain {
    /** Knative has five: ReplicaSet, Deployment, Revision, Configuration, Service. */
    private static final int LONGEST = 10;

    /** The kinds whose objects are workloads of their own, whoever made them. */
    private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet", "DaemonSet", "CronJob");

    private final Function<WorkloadId, Optional<Owned<Workload>>> watched;
    private final Function<ControllerRef, Optional<Found>> others;

    /**
     * @param watched an object of a watched kind
     * @param others what is known by now of any other object
     */
    OwnerChain(
            Function<WorkloadId, Optional<Owned<Workload>>> watched, Function<ControllerRef, Optional<Found>> others) {
        this.watched = watched;
        this.others = others;
    }

    /**
     * The workload among a pod's controllers: the nearest of a workload's kind, or the Knative service that it is a revision of; where there is none, the highest
     * that can be scaled; else the highest. As far as is known now: an object that nobody has read yet is the end of the chain.
     */
    WorkloadId workload(ControllerRef direct) {
        Optional<ControllerRef> scaled = Optional.empty();
        ControllerRef last = direct;
        for (ControllerRef at : above(direct)) {
            if (WORKLOADS.contains(at.id().kind()))
                return watched.apply(at.id()).flatMap(Knative::above).orElse(at.id());
            if (others.apply(at).filter(Found::scalable).isPresent()) scaled = Optional.of(at);
            last = at;
        }
        return scaled.orElse(last).id();
    }

    /** The controllers from the given one on, it included, the nearest first. */
    List<ControllerRef> above(ControllerRef direct) {
        List<ControllerRef> chain = new ArrayList<>();
        Optional<ControllerRef> at = Optional.of(direct);
        while (at.isPresent() && chain.size() < LONGEST && !chain.contains(at.get())) {
            chain.add(at.get());
            at = next(at.get());
        }
        return chain;
    }

    private Optional<ControllerRef> next(ControllerRef at) {
        Optional<Owned<Workload>> known = watched.apply(at.id());
        return known.isPresent() ? known.get().controller() : others.apply(at).flatMap(Found::controller);
    }
}
