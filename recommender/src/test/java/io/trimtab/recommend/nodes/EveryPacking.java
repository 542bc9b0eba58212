package io.trimtab.recommend.nodes;

import io.trimtab.recommend.nodes.PackingProblem.Objective;
import java.util.ArrayList;
import java.util.List;

/** Tries every way to part a few plain pods into nodes. */
final class EveryPacking {
    private final PackingProblem problem;
    private double least = Double.MAX_VALUE;

    private EveryPacking(PackingProblem problem) {
        this.problem = problem;
    }

    /** @return the least value of the objective over all packings of pods of count 1 */
    static double least(PackingProblem problem) {
        var every = new EveryPacking(problem);
        every.part(0, new ArrayList<>());
        return every.least;
    }

    private void part(int pod, List<List<PodGroup>> parts) {
        if (pod == problem.pods().size()) {
            double sum = parts.stream().mapToDouble(this::cheapest).sum();
            least = Math.min(least, sum);
            return;
        }
        PodGroup next = problem.pods().get(pod);
        for (List<PodGroup> part : List.copyOf(parts)) {
            part.add(next);
            part(pod + 1, parts);
            part.removeLast();
        }
        parts.add(new ArrayList<>(List.of(next)));
        part(pod + 1, parts);
        parts.removeLast();
    }

    private double cheapest(List<PodGroup> part) {
        return problem.shapes().stream()
                .filter(shape -> fits(shape, part))
                .mapToDouble(shape -> problem.objective() == Objective.COST
                        ? shape.offer().price().doubleValue()
                        : 1)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private static boolean fits(NodeShape shape, List<PodGroup> part) {
        long cpu = part.stream().mapToLong(pod -> pod.requested().cpu().value()).sum();
        long memory =
                part.stream().mapToLong(pod -> pod.requested().memory().value()).sum();
        return cpu <= shape.cpu().value()
                && memory <= shape.memory().value()
                && part.size() <= shape.pods()
                && devices(part, 0, new long[shape.devices().advertised()]);
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
