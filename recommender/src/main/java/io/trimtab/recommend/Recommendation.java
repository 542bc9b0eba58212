package io.trimtab.recommend;

import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.WorkloadId;
import java.util.List;

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
