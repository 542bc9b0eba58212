package io.trimtab.recommend.nodes;

import java.util.List;

/**
 * All copies that place alike, as numbers.
 *
 * @param members the groups that they come from, by name
 * @param devices whole ones that a copy takes; {@code shareMilli} is its part of one device instead
 * @param port on its host; -1 for none
 * @param perNode the most copies that one node takes
 * @param maxSkew over zones; 0 when zones do not matter
 * @param fits by machine: whether an empty node carries a copy
 * @param size the largest share that a copy takes of the largest node in any resource
 */
record PodKind(
        int index,
        List<PodGroup> members,
        int copies,
        long cpuMilli,
        long memoryBytes,
        int devices,
        int shareMilli,
        int port,
        int perNode,
        int maxSkew,
        boolean[] fits,
        double size) {
    static PodKind of(int index, List<PodGroup> members, boolean[] fits, double size) {
        PodGroup pod = members.getFirst();
        int perNode = Integer.MAX_VALUE;
        int maxSkew = 0;
        switch (pod.spread().orElse(null)) {
            case null -> {}
            case Spread.OnePerNode() -> perNode = 1;
            case Spread.Topology(Spread.Domain domain, int skew) -> {
                if (domain == Spread.Domain.HOSTNAME) perNode = skew;
                else maxSkew = skew;
            }
        }
        return new PodKind(
                index,
                List.copyOf(members),
                members.stream().mapToInt(PodGroup::count).sum(),
                pod.requested().cpu().value(),
                pod.requested().memory().value(),
                pod.wholeDevices(),
                pod.wantsShare() ? (int) pod.requested().gpu().value() : 0,
                pod.hostPort().orElse(-1),
                perNode,
                maxSkew,
                fits,
                size);
    }

    PodGroup example() {
        return members.getFirst();
    }

    int gpuMilli() {
        return devices * (int) PodGroup.DEVICE_MILLI + shareMilli;
    }

    int priority() {
        return example().priority();
    }

    /** Whether nodes may come to hold more copies than {@code perNode} when none can be added. */
    boolean levels() {
        return example().spread().filter(Spread.Topology.class::isInstance).isPresent() && maxSkew == 0;
    }

    boolean limitedPerNode() {
        return perNode < Integer.MAX_VALUE;
    }
}
