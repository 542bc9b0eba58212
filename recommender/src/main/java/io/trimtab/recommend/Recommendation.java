package io.trimtab.recommend;

import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.UtilizationTarget;
import io.trimtab.ingest.model.WorkloadId;
import java.util.List;
import java.util.Optional;

/** What should change, or why nothing should; the first reason is the decisive one. */
public sealed interface Recommendation {
    WorkloadId workload();

    List<Reason> reasons();

    /** Other requests and limits for one container, in the workload's template and its running pods. */
    record Resize(
            WorkloadId workload,
            String container,
            Requirements from,
            Requirements to,
            Impact impact,
            List<Reason> reasons)
            implements Recommendation {
        public Resize {
            reasons = nonEmpty(reasons);
        }
    }

    /**
     * Other requests together with other targets of the autoscaler that measures by them, so that the replicas stay: both or neither.
     *
     * @param minimum of the replicas, where it stands in for a target that can go no lower, or did
     * @param resizes of the containers that count, in the order of the template; empty where only the autoscaler is brought in line with what pods run with, or use
     */
    record Retune(
            WorkloadId workload,
            String autoscaler,
            List<Target> targets,
            Optional<Minimum> minimum,
            List<Resize> resizes,
            Impact impact,
            List<Reason> reasons)
            implements Recommendation {
        public Retune {
            targets = List.copyOf(targets);
            resizes = List.copyOf(resizes);
            reasons = nonEmpty(reasons);
        }

        /** The first container that changes, which stays the same from round to round, or {@code target} where none does. */
        public String subject() {
            return resizes.isEmpty() ? "target" : resizes.getFirst().container();
        }

        /**
         * The least replicas, before and after.
         *
         * @param own as the owner of the autoscaler has set it
         * @param holds whether it stands in for a target from now on; where it does not, {@code to} is the owner's
         */
        public record Minimum(int from, int to, int own, boolean holds) {
            public Minimum {
                if (!holds && to != own)
                    throw new IllegalArgumentException(
                            "a minimum (%d) that holds nothing must be its owner's (%d)".formatted(to, own));
            }
        }

        /**
         * Another target; {@code container} is empty for one of whole pods.
         *
         * @param from in percent, as it is now
         * @param origin what it stood for before it was ever moved
         */
        public record Target(
                Resource resource, Optional<String> container, int from, int to, UtilizationTarget.Origin origin) {}
    }

    /** Another replica count. */
    record Scale(WorkloadId workload, int from, int to, Impact impact, List<Reason> reasons) implements Recommendation {
        public Scale {
            reasons = nonEmpty(reasons);
        }
    }

    /** Nothing: {@code subject} (a container's name, or {@code replicas}) stays as it is. */
    record Hold(WorkloadId workload, String subject, List<Reason> reasons) implements Recommendation {
        public Hold {
            reasons = nonEmpty(reasons);
        }
    }

    private static List<Reason> nonEmpty(List<Reason> reasons) {
        if (reasons.isEmpty()) throw new IllegalArgumentException("a recommendation needs a reason");
        return List.copyOf(reasons);
    }
}
