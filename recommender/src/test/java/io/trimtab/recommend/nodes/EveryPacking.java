package io.trimtab.recommend.nodes;

import io.trimtab.recommend.nodes.PackingProblem.Objective;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tries every way to part a few copies into new nodes of every shape. */
final class EveryPacking {
    private final PackingProblem problem;
    private final List<PodGroup> copies;
    private double least = Double.POSITIVE_INFINITY;

    private EveryPacking(PackingProblem problem) {
        this.problem = problem;
        copies = problem.pods().stream()
                .flatMap(pod -> Collections.nCopies(pod.count(), pod).stream())
                .toList();
    }

    /** @return the least value of the objective over all packings of all copies; infinite if there is none */
    static double least(PackingProblem problem) {
        var every = new EveryPacking(problem);
        every.part(0, new ArrayList<>());
        return every.least;
    }

    private void part(int copy, List<List<PodGroup>> parts) {
        if (copy == copies.size()) {
            choose(parts, new ArrayList<>(), 0);
            return;
        }
        PodGroup next = copies.get(copy);
        for (List<PodGroup> part : List.copyOf(parts)) {
            part.add(next);
            part(copy + 1, parts);
            part.removeLast();
        }
        parts.add(new ArrayList<>(List.of(next)));
        part(copy + 1, parts);
        parts.removeLast();
    }

    private void choose(List<List<PodGroup>> parts, List<NodeShape> chosen, double sum) {
        if (sum >= least) return;
        if (chosen.size() == parts.size()) {
            if (problem.pods().stream().allMatch(pod -> spreads(pod, parts, chosen))) least = sum;
            return;
        }
        for (NodeShape shape : problem.shapes()) {
            if (!fits(shape, parts.get(chosen.size()))) continue;
            chosen.add(shape);
            double worth = problem.objective() == Objective.COST
                    ? shape.offer().price().doubleValue()
                    : 1;
            choose(parts, chosen, sum + worth);
            chosen.removeLast();
        }
    }

    private boolean spreads(PodGroup pod, List<List<PodGroup>> parts, List<NodeShape> chosen) {
        if (!(pod.spread().orElse(null) instanceof Spread.Topology topology)) return true;
        Map<String, Integer> counts = new TreeMap<>();
        for (NodeShape shape : problem.shapes())
            if (fits(shape, List.of(pod))) counts.put(shape.zone().orElseThrow(), 0);
        for (int node = 0; node < chosen.size(); node++)
            for (PodGroup one : parts.get(node))
                if (one.equals(pod)) counts.merge(chosen.get(node).zone().orElseThrow(), 1, Integer::sum);
        return Collections.max(counts.values()) - Collections.min(counts.values()) <= topology.maxSkew();
    }

    private static boolean fits(NodeShape shape, List<PodGroup> part) {
        long cpu = part.stream().mapToLong(pod -> pod.requested().cpu().value()).sum();
        long memory =
                part.stream().mapToLong(pod -> pod.requested().memory().value()).sum();
        return cpu <= shape.cpu().value()
                && memory <= shape.memory().value()
                && part.size() <= shape.pods()
                && part.stream().allMatch(pod -> isAlone(pod, part))
                && devices(part, 0, new long[shape.devices().advertised()]);
    }

    private static boolean isAlone(PodGroup pod, List<PodGroup> part) {
        boolean one = pod.spread().filter(Spread.OnePerNode.class::isInstance).isEmpty()
                || Collections.frequency(part, pod) == 1;
        return one
                && (pod.hostPort().isEmpty()
                        || part.stream()
                                        .filter(other -> other.hostPort().equals(pod.hostPort()))
                                        .count()
                                == 1);
    }

    private static boolean devices(List<PodGroup> part, int pod, long[] used) {
        if (pod == part.size()) {
            long whole = part.stream()
                    .mapToLong(one -> one.requested().gpu().value() / 1000)
                    .sum();
            long empty = 0;
            for (long device : used) if (device == 0) empty++;
            return whole <= empty;
        }
        long gpu = part.get(pod).requested().gpu().value();
        if (gpu == 0 || gpu >= 1000) return devices(part, pod + 1, used);
        for (int device = 0; device < used.length; device++) {
            if (used[device] + gpu > 1000) continue;
            used[device] += gpu;
            boolean fits = devices(part, pod + 1, used);
            used[device] -= gpu;
            if (fits) return true;
        }
        return false;
    }
}
