package io.trimtab.recommend.nodes;

import java.util.List;
import java.util.OptionalInt;

/**
 * A node that exists; it is filled before nodes are added.
 *
 * @param shape the name of one of the problem's shapes
 */
public record RunningNode(String name, String shape, List<RunningPod> pods) {
    public RunningNode {
        pods = List.copyOf(pods);
    }

    /**
     * A pod that runs there; one of the name of a group to place counts as its copy where copies are spread.
     *
     * @param device that its GPU share lies on, from 0; empty for whole devices, which take the first free ones
     */
    public record RunningPod(PodGroup pod, OptionalInt device) {
        public RunningPod {
            if (pod.wantsShare() && device.isEmpty())
                throw new IllegalArgumentException(
                        "%s has a share of a GPU and needs its device".formatted(pod.name()));
        }
    }
}
