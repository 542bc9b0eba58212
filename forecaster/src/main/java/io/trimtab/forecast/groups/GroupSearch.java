package io.trimtab.forecast.groups;

import io.trimtab.forecast.groups.UsageGroups.Group;
import io.trimtab.forecast.groups.UsageGroups.NodeLabel;
import io.trimtab.forecast.sketch.Buckets;
import io.trimtab.forecast.sketch.DayHistogram;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Divides pods by their levels where one place stands out: between the two groups there must be five times of what pods within one differ by (Ashman's D), and twice of what the hours of one
 * pod differ by: pods that work in turn for hours have different levels for days, but not in each hour. Levels are compared as multiples, so by their logarithms.
 *
 * @see "Ashman, Bird, Zepf: Detecting bimodality in astronomical datasets, Astronomical Journal 108 (1994), 2348: D > 2 separates two groups cleanly"
 */
final class GroupSearch {
    private static final int FEWEST_PODS = 3;

    /** Half a day: less says more of the hour than of the pod. */
    private static final int FEWEST_HOURS = 12;

    /** One pod may be this much busier than another of its kind for no reason, as if four had been seen to be; with few pods more is not known. */
    private static final double USUAL_SPREAD = 0.25;

    private static final double USUAL_PODS = 4;

    /** However alike the pods within, groups that differ by less are not worth two workloads. */
    private static final double LEAST_RATIO = 1.5;

    private static final double LEAST_DISTANCE = 5;
    private static final double LEAST_HOURS_DISTANCE = 2;

    /** Pods that do nothing have a level, too. */
    private static final double LEAST_LEVEL = 0.01;

    /** Of so many ways to draw the busier pods only one is that of a label, so it hardly fits by chance. */
    private static final double LEAST_WAYS = 100;

    /** With more values each pod might have one of its own. */
    private static final int MOST_VALUES = 4;

    private static final List<String> KEYS = List.of(
            "node.kubernetes.io/instance-type",
            "kubernetes.io/arch",
            "karpenter.sh/nodepool",
            "topology.kubernetes.io/zone",
            "karpenter.sh/capacity-type");

    private GroupSearch() {}

    static Optional<UsageGroups> find(List<PodOnNode> pods, int running) {
        List<PodOnNode> known = pods.stream()
                .filter(pod -> pod.use().hours() >= FEWEST_HOURS)
                .sorted(Comparator.comparingDouble((PodOnNode pod) -> pod.use().level())
                        .thenComparing(PodOnNode::pod))
                .toList();
        if (known.size() < FEWEST_PODS || 2 * known.size() < running) return Optional.empty();
        Prefixes logs = Prefixes.of(
                known.stream().mapToDouble(pod -> log(pod.use().level())).toArray());
        int place = place(logs);
        List<PodOnNode> quieter = known.subList(0, place);
        List<PodOnNode> busier = known.subList(place, known.size());
        if (!differ(logs, place) || !stay(quieter, busier)) return Optional.empty();
        return Optional.of(new UsageGroups(group(busier), group(quieter), label(busier, quieter)));
    }

    /** Where the groups are farthest apart; the second one begins there. */
    private static int place(Prefixes logs) {
        int best = 1;
        for (int place = 2; place < logs.size(); place++)
            if (distance(logs, place) > distance(logs, best)) best = place;
        return best;
    }

    private static boolean differ(Prefixes logs, int place) {
        return logs.mean(place, logs.size()) - logs.mean(0, place) >= Math.log(LEAST_RATIO)
                && distance(logs, place) >= LEAST_DISTANCE;
    }

    /** Between the groups' means, in what pods of one group differ by. */
    private static double distance(Prefixes logs, int place) {
        double squares = logs.squares(0, place) + logs.squares(place, logs.size());
        double variance = (USUAL_PODS * USUAL_SPREAD * USUAL_SPREAD + squares) / (USUAL_PODS + logs.size() - 2);
        return (logs.mean(place, logs.size()) - logs.mean(0, place)) / Math.sqrt(variance);
    }

    /** Whether the pods are on their sides hour by hour. */
    private static boolean stay(List<PodOnNode> quieter, List<PodOnNode> busier) {
        double variance = meanVariance(quieter) + meanVariance(busier);
        return level(busier) - level(quieter) >= LEAST_HOURS_DISTANCE * Math.sqrt(variance);
    }

    private static double meanVariance(List<PodOnNode> pods) {
        return pods.stream()
                .mapToDouble(pod -> pod.use().hourVariance())
                .average()
                .orElse(0);
    }

    private static double level(List<PodOnNode> pods) {
        return pods.stream().mapToDouble(pod -> pod.use().level()).average().orElse(0);
    }

    private static Group group(List<PodOnNode> pods) {
        DayHistogram cpu = new DayHistogram(Buckets.CPU);
        pods.forEach(pod -> pod.use().addTo(cpu));
        return new Group(pods.stream().map(PodOnNode::pod).sorted().toList(), level(pods), cpu.even());
    }

    /** One of which no value is on both sides. */
    private static Optional<NodeLabel> label(List<PodOnNode> busier, List<PodOnNode> quieter) {
        if (ways(busier.size() + quieter.size(), busier.size()) < LEAST_WAYS) return Optional.empty();
        return KEYS.stream()
                .map(key -> new NodeLabel(key, values(busier, key), values(quieter, key)))
                .filter(label ->
                        !label.busier().contains("") && !label.quieter().contains(""))
                .filter(label -> label.busier().stream().noneMatch(label.quieter()::contains))
                .filter(label -> label.busier().size() + label.quieter().size() <= MOST_VALUES)
                .findFirst();
    }

    private static Set<String> values(List<PodOnNode> pods, String key) {
        return pods.stream().map(pod -> pod.labels().getOrDefault(key, "")).collect(Collectors.toSet());
    }

    /** How many ways there are to draw some of all. */
    private static double ways(int all, int some) {
        double ways = 1;
        for (int i = 1; i <= Math.min(some, all - some); i++) ways *= (double) (all - i + 1) / i;
        return ways;
    }

    private static double log(double level) {
        return Math.log(Math.max(LEAST_LEVEL, level));
    }

    /** Sums over the first values, of which those over any span follow. */
    private record Prefixes(double[] sums, double[] squareSums) {
        static Prefixes of(double[] values) {
            double[] sums = new double[values.length + 1];
            double[] squareSums = new double[values.length + 1];
            for (int i = 0; i < values.length; i++) {
                sums[i + 1] = sums[i] + values[i];
                squareSums[i + 1] = squareSums[i] + values[i] * values[i];
            }
            return new Prefixes(sums, squareSums);
        }

        int size() {
            return sums.length - 1;
        }

        double mean(int from, int to) {
            return (sums[to] - sums[from]) / (to - from);
        }

        /** Of the distances from the mean. */
        double squares(int from, int to) {
            double mean = mean(from, to);
            return Math.max(0, squareSums[to] - squareSums[from] - (to - from) * mean * mean);
        }
    }
}
