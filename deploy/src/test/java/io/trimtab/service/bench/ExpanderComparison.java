package io.trimtab.service.bench;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.recommend.expansion.Expansion;
import io.trimtab.recommend.expansion.Expansions;
import io.trimtab.recommend.nodes.NodeShape;
import io.trimtab.recommend.nodes.Offer;
import io.trimtab.recommend.nodes.Packer;
import io.trimtab.recommend.nodes.PackingProblem;
import io.trimtab.recommend.nodes.PackingProblem.Objective;
import io.trimtab.recommend.nodes.PodGroup;
import io.trimtab.service.bench.WaitingPods.Group;
import io.trimtab.service.bench.WaitingPods.Kind;
import io.trimtab.service.bench.WaitingPods.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/**
 * What is paid per hour once nothing waits any more, when Trimtab chooses the node group to grow and when Cluster Autoscaler's own expanders do. In each round every group that
 * may grow is sized by first fit for the pods that still wait, one of them is chosen, and its nodes are added with its pods on them.
 */
final class ExpanderComparison {
    private static final Duration BOUND_WITHIN = Duration.ofSeconds(4);
    private static final int RANDOM_RUNS = 10;

    /** Cores of the machine that suits a cluster of 61 to 200 nodes. @see "Cluster Autoscaler, proposals/pricing.md" */
    private static final double PREFERRED_CORES = 16;

    private static final double GPU_UNFITNESS = 1000;
    private static final double CORE_PRICE = 0.0332;
    private static final double GIB_PRICE = 0.0044;
    private static final double GPU_PRICE = 0.7;

    private enum Expander {
        TRIMTAB,
        PRICE_LIKE,
        LEAST_WASTE,
        MOST_PODS,
        RANDOM
    }

    /** What one group would add. */
    private record Option(Group group, int nodes, List<Waiting> pods) {
        double cost() {
            return group.price().doubleValue() * nodes;
        }

        Resources asked() {
            return pods.stream().map(Waiting::requested).reduce(Resources.ZERO, Resources::plus);
        }
    }

    private ExpanderComparison() {}

    public static void main(String[] arguments) {
        int seeds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
        System.out.printf("%d seeds; cost over the bound that no choice of nodes beats: mean, worst%n", seeds);
        for (Kind kind : Kind.values()) compare(kind, seeds);
    }

    private static void compare(Kind kind, int seeds) {
        Map<Expander, List<Double>> over = new EnumMap<>(Expander.class);
        Map<Expander, Double> paid = new EnumMap<>(Expander.class);
        double bounds = 0;
        for (int seed = 1; seed <= seeds; seed++) {
            WaitingPods waiting = WaitingPods.of(kind, seed);
            double bound = bound(waiting);
            bounds += bound;
            for (Expander expander : Expander.values()) {
                int runs = expander == Expander.RANDOM ? RANDOM_RUNS : 1;
                double cost = 0;
                for (int run = 0; run < runs; run++)
                    cost += cost(waiting, expander, new Random(1000L * seed + run)) / runs;
                over.computeIfAbsent(expander, _ -> new ArrayList<>()).add(cost / bound);
                paid.merge(expander, cost, Double::sum);
            }
        }
        System.out.printf("%n%s: the bounds are %.2f USD per hour in sum%n", kind.words, bounds);
        over.forEach((expander, ratios) -> System.out.printf(
                "  %-12s %7.3f %8.3f   %10.2f USD per hour in sum%n",
                expander.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                ratios.stream().mapToDouble(it -> it).average().orElseThrow(),
                ratios.stream().mapToDouble(it -> it).max().orElseThrow(),
                paid.getOrDefault(expander, 0.0)));
    }

    private static double cost(WaitingPods problem, Expander expander, Random random) {
        List<Waiting> waiting = new ArrayList<>(problem.pods());
        Map<Group, Integer> added = new LinkedHashMap<>();
        double cost = 0;
        while (!waiting.isEmpty()) {
            List<Option> options = new ArrayList<>();
            for (Group group : problem.groups()) {
                int left = group.most() - added.getOrDefault(group, 0);
                Option option = FirstFit.option(group, left, waiting);
                if (!option.pods().isEmpty()) options.add(option);
            }
            if (options.isEmpty()) throw new IllegalStateException("%d pods have no place".formatted(waiting.size()));
            Option chosen = choose(options, expander, random);
            cost += chosen.cost();
            added.merge(chosen.group(), chosen.nodes(), Integer::sum);
            Set<Waiting> placed = new HashSet<>(chosen.pods());
            waiting.removeIf(placed::contains);
        }
        return cost;
    }

    private static Option choose(List<Option> options, Expander expander, Random random) {
        return switch (expander) {
            case TRIMTAB -> trimtab(options);
            case PRICE_LIKE -> least(options, ExpanderComparison::priceScore);
            case LEAST_WASTE -> least(options, ExpanderComparison::waste);
            case MOST_PODS -> mostPods(options, random);
            case RANDOM -> options.get(random.nextInt(options.size()));
        };
    }

    private static Option trimtab(List<Option> options) {
        List<Expansion> expansions = new ArrayList<>();
        for (Option option : options) {
            Map<String, Resources> pods = new LinkedHashMap<>();
            option.pods().forEach(pod -> pods.put(pod.name(), pod.requested()));
            Group group = option.group();
            expansions.add(new Expansion(group.name(), option.nodes(), group.price(), group.room(), pods));
        }
        String chosen = Expansions.choose(expansions).group();
        return options.stream()
                .filter(option -> option.group().name().equals(chosen))
                .findFirst()
                .orElseThrow();
    }

    private interface Score {
        double of(Option option);
    }

    private static Option least(List<Option> options, Score score) {
        Option best = options.getFirst();
        for (Option option : options) if (score.of(option) < score.of(best)) best = option;
        return best;
    }

    /** The parts of CPU and memory that stay free, added up. @see "Cluster Autoscaler, expander/waste" */
    private static double waste(Option option) {
        Resources asked = option.asked();
        Resources room = option.group().room();
        double cpu = (double) asked.cpu().value() / room.cpu().value() / option.nodes();
        double memory = (double) asked.memory().value() / room.memory().value() / option.nodes();
        return 2 - cpu - memory;
    }

    /** What the nodes cost over what the pods are worth by fixed rates, times how little the machine suits the cluster, which counts less the more are added. */
    private static double priceScore(Option option) {
        Resources asked = option.asked();
        double pods = CORE_PRICE * asked.cpu().value() / 1000
                + GIB_PRICE * asked.memory().value() / (1L << 30)
                + GPU_PRICE * asked.gpu().value() / 1000;
        double steadying = CORE_PRICE / 2 + GIB_PRICE / 2;
        double cores = option.group().room().cpu().value() / 1000.0;
        double unfitness = Math.max(PREFERRED_CORES / cores, cores / PREFERRED_CORES);
        double suppressed = (unfitness - 1) * (1 - Math.tanh((option.nodes() - 1) / 15.0)) + 1;
        boolean gpu = !option.group().room().gpu().isZero();
        return (gpu ? GPU_UNFITNESS : suppressed) * (option.cost() + steadying) / (pods + steadying);
    }

    private static Option mostPods(List<Option> options, Random random) {
        int most = options.stream().mapToInt(it -> it.pods().size()).max().orElseThrow();
        List<Option> best =
                options.stream().filter(it -> it.pods().size() == most).toList();
        return best.get(random.nextInt(best.size()));
    }

    /** Architectures are left out, which can only make it lower. */
    private static double bound(WaitingPods problem) {
        Map<Resources, Integer> copies = new LinkedHashMap<>();
        problem.pods().forEach(pod -> copies.merge(pod.requested(), 1, Integer::sum));
        List<PodGroup> pods = new ArrayList<>();
        copies.forEach((requested, count) -> pods.add(PodGroup.plain("pods-" + pods.size(), count, requested)));
        List<NodeShape> shapes =
                problem.groups().stream().map(ExpanderComparison::shape).toList();
        return Packer.pack(new PackingProblem(
                        pods, List.of(), shapes, Objective.COST, PackingProblem.workWithin(BOUND_WITHIN)))
                .lowerBound()
                .costPerHour()
                .doubleValue();
    }

    private static NodeShape shape(Group group) {
        int gpus = Math.toIntExact(group.room().gpu().value() / 1000);
        return new NodeShape(
                group.name(),
                group.room().cpu(),
                group.room().memory(),
                new NodeShape.Devices(gpus, Optional.empty(), 1),
                group.pods(),
                MilliCores.ZERO,
                Bytes.ZERO,
                Optional.empty(),
                Offer.onDemand(group.price()),
                group.most() == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(group.most()));
    }

    /** As Cluster Autoscaler's estimator: by falling sum of the shares of a node's CPU and memory, each on the first node that has room. */
    private static final class FirstFit {
        private final Group group;
        private final List<long[]> free = new ArrayList<>();

        private FirstFit(Group group) {
            this.group = group;
        }

        static Option option(Group group, int most, List<Waiting> waiting) {
            List<Waiting> sorted = waiting.stream()
                    .filter(group::carries)
                    .sorted(Comparator.comparingDouble((Waiting pod) -> -score(group, pod)))
                    .toList();
            FirstFit nodes = new FirstFit(group);
            List<Waiting> placed = new ArrayList<>();
            Resources last = Resources.ZERO;
            int first = 0;
            for (Waiting pod : sorted) {
                if (!pod.requested().equals(last)) first = 0;
                last = pod.requested();
                first = nodes.place(pod.requested(), first, most);
                if (first < nodes.free.size()) placed.add(pod);
            }
            return new Option(group, nodes.free.size(), placed);
        }

        private static double score(Group group, Waiting pod) {
            return (double) pod.requested().cpu().value() / group.room().cpu().value()
                    + (double) pod.requested().memory().value()
                            / group.room().memory().value();
        }

        /** @return the node, or how many there are when there is no room and none may be added */
        private int place(Resources asked, int from, int most) {
            long[] wanted = amounts(asked, 1);
            for (int node = from; node < free.size(); node++) if (took(free.get(node), wanted)) return node;
            if (free.size() >= most) return free.size();
            long[] added = amounts(group.room(), group.pods());
            free.add(added);
            took(added, wanted);
            return free.size() - 1;
        }

        private static boolean took(long[] free, long[] wanted) {
            for (int i = 0; i < free.length; i++) if (free[i] < wanted[i]) return false;
            for (int i = 0; i < free.length; i++) free[i] -= wanted[i];
            return true;
        }

        private static long[] amounts(Resources resources, int pods) {
            return new long[] {
                resources.cpu().value(),
                resources.memory().value(),
                resources.gpu().value(),
                pods
            };
        }
    }
}
