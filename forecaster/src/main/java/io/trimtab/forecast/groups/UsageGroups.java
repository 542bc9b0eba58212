package io.trimtab.forecast.groups;

import io.trimtab.forecast.sketch.EvenHistogram;
import io.trimtab.ingest.model.PodId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Two groups of a workload's pods that use different amounts of CPU for good, such as a leader and those that follow it.
 *
 * @param by the label of the nodes that tells which pod is of which group; empty where none does
 */
public record UsageGroups(Group busier, Group quieter, Optional<NodeLabel> by) {
    /**
     * One of both.
     *
     * @param pods those of which it is known, by name
     * @param level how many times the mean of all pods it uses
     * @param cpu of all of its samples of the last days, in cores
     */
    public record Group(List<PodId> pods, double level, EvenHistogram cpu) {
        public Group {
            pods = List.copyOf(pods);
        }
    }

    /** The values that the nodes of each group's pods have. */
    public record NodeLabel(String key, Set<String> busier, Set<String> quieter) {
        public NodeLabel {
            busier = Set.copyOf(busier);
            quieter = Set.copyOf(quieter);
        }
    }

    /**
     * Looks whether there are two.
     *
     * @param pods of which something is known, each once
     * @param running how many pods of the workload run
     * @return empty where they are alike, or too few of them are known for long enough
     */
    public static Optional<UsageGroups> find(List<PodOnNode> pods, int running) {
        return GroupSearch.find(pods, running);
    }
}
