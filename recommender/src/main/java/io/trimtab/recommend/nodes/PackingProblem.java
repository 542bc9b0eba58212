package io.trimtab.recommend.nodes;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Pods to place, nodes that run and shapes that may be added; kept in the order of their names, so that no decision depends on the order given.
 *
 * @param work how many steps the search may take after its first answer, which needs none
 */
public record PackingProblem(
        List<PodGroup> pods, List<RunningNode> nodes, List<NodeShape> shapes, Objective objective, long work) {
    /** Steps that one core does in about a second or less (40 to 100 million were measured on a server core of 2026). */
    public static final long WORK_PER_SECOND = 40_000_000;

    /** What is made small; the other one breaks ties. */
    public enum Objective {
        COST,
        NODES
    }

    private static final int MOST_COPIES = 1_000_000;

    public PackingProblem {
        pods = sorted("pod", pods, PodGroup::name);
        nodes = sorted("node", nodes, RunningNode::name);
        shapes = sorted("shape", shapes, NodeShape::name);
        if (work < 0) throw new IllegalArgumentException("work (%d) must be >= 0".formatted(work));
        long copies = pods.stream().mapToLong(PodGroup::count).sum();
        if (copies > MOST_COPIES)
            throw new IllegalArgumentException(
                    "pods (%d copies) must be at most %d; split the problem".formatted(copies, MOST_COPIES));
    }

    /** Half of the deadline, for the answer is also read, bounded and written in it. Longer than a minute is a minute: by then the search has long ended. */
    public static long workWithin(Duration deadline) {
        long millis = Math.min(deadline.toMillis(), 60_000);
        return millis * WORK_PER_SECOND / 2000;
    }

    private static <T> List<T> sorted(String what, Collection<T> all, Function<T, String> name) {
        Set<String> names = new HashSet<>();
        for (T one : all) {
            if (!names.add(name.apply(one)))
                throw new IllegalArgumentException("%s %s is given twice".formatted(what, name.apply(one)));
        }
        return all.stream().sorted(Comparator.comparing(name)).toList();
    }
}
