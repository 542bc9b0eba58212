package io.trimtab.recommend.replicas;

import io.trimtab.recommend.ReplicaReason;
import io.trimtab.recommend.replicas.ScalingAnswer.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The number on its way through the limits, with what changed it last and why, the decisive reason first. */
record Course(int replicas, Optional<Limit> limitedBy, List<ReplicaReason> reasons) {
    Course {
        reasons = List.copyOf(reasons);
    }

    /** The same when {@code next} is the number already. */
    Course to(int next, Limit limit, ReplicaReason reason) {
        if (next == replicas) return this;
        return new Course(next, Optional.of(limit), prepended(reason));
    }

    /** Another number that no limit stands behind. */
    Course raisedTo(int next, ReplicaReason reason) {
        return new Course(next, Optional.empty(), prepended(reason));
    }

    Course noting(ReplicaReason reason) {
        List<ReplicaReason> more = new ArrayList<>(reasons);
        more.add(reason);
        return new Course(replicas, limitedBy, more);
    }

    private List<ReplicaReason> prepended(ReplicaReason reason) {
        List<ReplicaReason> all = new ArrayList<>();
        all.add(reason);
        all.addAll(reasons);
        return all;
    }
}
