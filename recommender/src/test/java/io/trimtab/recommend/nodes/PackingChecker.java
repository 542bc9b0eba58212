package io.trimtab.recommend.nodes;

import io.trimtab.recommend.nodes.Packing.Assignment;
import io.trimtab.recommend.nodes.Packing.Place;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Holds an answer against its problem by the contract alone, sharing no arithmetic with the packer. */
final class PackingChecker {
    private final PackingProblem problem;
    private final Packing packing;
    private final List<String> faults = new ArrayList<>();
    private final Map<Place, Load> loads = new LinkedHashMap<>();
    private final Map<String, PodGroup> pods = new TreeMap<>();

    /** What lies on one node. */
    private static final class Load {
        final NodeShape shape;
        final boolean added;
        long cpu;
        long memory;
        int count;
        final long[] devices;
        final Set<Integer> ports = new HashSet<>();
        final Map<String, Integer> copies = new TreeMap<>();

        Load(NodeShape shape, boolean added) {
            this.shape = shape;
            this.added = added;
            devices = new long[shape.devices().gpus() * shape.devices().replicas()];
        }
    }

    private PackingChecker(PackingProblem problem, Packing packing) {
        this.problem = problem;
        this.packing = packing;
    }

    /** @return everything that is wrong; empty for a valid answer */
    static List<String> faults(PackingProblem problem, Packing packing) {
        var checker = new PackingChecker(problem, packing);
        checker.nodes();
        checker.copies();
        checker.place();
        checker.limits();
        checker.zones();
        checker.sums();
        checker.needless();
        return checker.faults;
    }

    private NodeShape shape(String name) {
        return problem.shapes().stream()
                .filter(shape -> shape.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void nodes() {
        problem.pods().forEach(pod -> pods.put(pod.name(), pod));
        for (RunningNode node : problem.nodes()) {
            Load load = new Load(shape(node.shape()), false);
            loads.put(new Place.Running(node.name()), load);
            for (var running : node.pods()) {
                for (int i = 0; i < running.pod().count(); i++) {
                    count(load, running.pod());
                    if (running.device().isPresent())
                        load.devices[running.device().getAsInt()] +=
                                running.pod().requested().gpu().value();
                }
            }
            for (var running : node.pods()) {
                long whole = running.pod().requested().gpu().value()
                        / 1000
                        * running.pod().count();
                for (int device = 0; device < load.devices.length && whole > 0; device++) {
                    if (load.devices[device] > 0) continue;
                    load.devices[device] = 1000;
                    whole--;
                }
            }
        }
        int index = 0;
        for (var added : packing.added()) {
            NodeShape shape = shape(added.shape());
            if (shape.max().isPresent() && added.count() > shape.max().getAsInt())
                faults.add("more " + shape.name() + " than its max");
            if (added.capacityType() != shape.offer().choice()) faults.add("wrong capacity type of " + shape.name());
            for (int i = 0; i < added.count(); i++) loads.put(new Place.Added(index++), new Load(shape, true));
        }
    }

    private static void count(Load load, PodGroup pod) {
        load.cpu += pod.requested().cpu().value();
        load.memory += pod.requested().memory().value();
        load.count++;
        load.copies.merge(pod.name(), 1, Integer::sum);
        pod.hostPort().ifPresent(load.ports::add);
    }

    private void copies() {
        Map<String, Integer> seen = new TreeMap<>();
        packing.assignments().forEach(one -> seen.merge(one.pod(), 1, Integer::sum));
        packing.unplaced().forEach(one -> {
            if (one.count() <= 0) faults.add("nothing unplaced of " + one.pod());
            seen.merge(one.pod(), one.count(), Integer::sum);
        });
        pods.values().forEach(pod -> {
            if (seen.getOrDefault(pod.name(), 0) != pod.count())
                faults.add("not every copy of %s once".formatted(pod.name()));
        });
        seen.keySet().stream()
                .filter(name -> !pods.containsKey(name))
                .forEach(name -> faults.add("unknown pod " + name));
    }

    private void place() {
        for (Assignment one : packing.assignments()) {
            Load load = loads.get(one.place());
            PodGroup pod = pods.get(one.pod());
            if (load == null || pod == null) {
                faults.add("no such place: " + one);
                continue;
            }
            if (pod.hostPort().isPresent() && load.ports.contains(pod.hostPort().getAsInt()))
                faults.add("port taken: " + one);
            count(load, pod);
            long gpu = pod.requested().gpu().value();
            boolean share = gpu > 0 && gpu < 1000;
            if (one.share() != share) faults.add("share or not: " + one);
            if (one.devices().size() != (share ? 1 : gpu / 1000)) faults.add("wrong count of devices: " + one);
            for (int device : one.devices()) {
                if (device < 0 || device >= load.devices.length) faults.add("no such device: " + one);
                else if (!share && load.devices[device] > 0) faults.add("device is not empty: " + one);
                else load.devices[device] += share ? gpu : 1000;
            }
            boolean model = pod.gpuModels().isEmpty()
                    || load.shape
                            .devices()
                            .model()
                            .filter(pod.gpuModels()::contains)
                            .isPresent();
            if (!model) faults.add("wrong model: " + one);
        }
    }

    private void limits() {
        loads.forEach((place, load) -> {
            NodeShape shape = load.shape;
            if (load.cpu + shape.daemonCpu().value() > shape.cpu().value()) faults.add("cpu of " + place);
            if (load.memory + shape.daemonMemory().value() > shape.memory().value()) faults.add("memory of " + place);
            if (load.count > shape.pods()) faults.add("pods of " + place);
            for (long device : load.devices) if (device > 1000) faults.add("device of " + place);
            if (load.added && load.count == 0) faults.add("empty node " + place);
            load.copies.forEach((name, copies) -> {
                PodGroup pod = pods.get(name);
                if (pod != null
                        && pod.spread()
                                .filter(Spread.OnePerNode.class::isInstance)
                                .isPresent()
                        && copies > 1) faults.add("two of %s on %s".formatted(name, place));
            });
        });
    }

    /** Over the domains in use, which is what a scheduler would see afterwards. */
    private void zones() {
        for (PodGroup pod : pods.values()) {
            if (!(pod.spread().orElse(null) instanceof Spread.Topology topology)) continue;
            Map<String, Integer> counts = new TreeMap<>();
            loads.forEach((place, load) -> {
                if (!canCarry(load.shape, pod)) return;
                String domain = switch (topology.domain()) {
                    case HOSTNAME -> place.toString();
                    case ZONE -> load.shape.zone().orElse("");
                };
                int copies = load.copies.getOrDefault(pod.name(), 0);
                if (domain.isEmpty() && copies > 0) faults.add("%s lies where there is no zone".formatted(pod.name()));
                if (!domain.isEmpty()) counts.merge(domain, copies, Integer::sum);
            });
            int most = counts.values().stream().mapToInt(count -> count).max().orElse(0);
            int least = counts.values().stream().mapToInt(count -> count).min().orElse(0);
            if (most - least > topology.maxSkew()) faults.add("skew of %s: %s".formatted(pod.name(), counts));
        }
    }

    private static boolean canCarry(NodeShape shape, PodGroup pod) {
        return pod.requested().cpu().value() + shape.daemonCpu().value()
                        <= shape.cpu().value()
                && pod.requested().memory().value() + shape.daemonMemory().value()
                        <= shape.memory().value()
                && shape.pods() > 0
                && (pod.requested().gpu().value() + 999) / 1000
                        <= shape.devices().advertised()
                && (pod.gpuModels().isEmpty()
                        || shape.devices()
                                .model()
                                .filter(pod.gpuModels()::contains)
                                .isPresent());
    }

    private void sums() {
        int nodes = packing.added().stream().mapToInt(Packing.AddedNodes::count).sum();
        BigDecimal cost = packing.added().stream()
                .map(added -> {
                    Offer offer = shape(added.shape()).offer();
                    BigDecimal each = switch (added.capacityType()) {
                        case SPOT -> offer.spotPrice().orElseThrow();
                        case ON_DEMAND -> offer.price();
                    };
                    return each.multiply(BigDecimal.valueOf(added.count()));
                })
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        if (packing.nodeCount() != nodes) faults.add("node count");
        if (packing.costPerHour().compareTo(cost) != 0) faults.add("cost");
        if (packing.lowerBound().nodes() > nodes) faults.add("bound of nodes above the value");
        if (packing.lowerBound().costPerHour().compareTo(cost) > 0) faults.add("bound of cost above the value");
        if (packing.gap() < 0) faults.add("negative gap");
    }

    /** A plain pod may not be left out while a node with its room may still be added, nor for one of lower priority and the same needs. */
    private void needless() {
        for (var unplaced : packing.unplaced()) {
            PodGroup pod = pods.get(unplaced.pod());
            if (pod == null) continue;
            boolean zoned = pod.spread().orElse(null) instanceof Spread.Topology;
            boolean addable = problem.shapes().stream().anyMatch(shape -> {
                int added = packing.added().stream()
                        .filter(one -> one.shape().equals(shape.name()))
                        .mapToInt(Packing.AddedNodes::count)
                        .sum();
                return canCarry(shape, pod)
                        && (shape.max().isEmpty() || added < shape.max().getAsInt());
            });
            if (addable && !zoned) faults.add("%s is left out though a node may be added".formatted(pod.name()));
            for (Assignment one : packing.assignments()) {
                PodGroup other = pods.get(one.pod());
                boolean twin = other.requested().equals(pod.requested())
                        && other.gpuModels().equals(pod.gpuModels())
                        && other.hostPort().equals(pod.hostPort())
                        && other.spread().isEmpty()
                        && pod.spread().isEmpty();
                if (twin && other.priority() < pod.priority())
                    faults.add("%s is left out for %s".formatted(pod.name(), other.name()));
            }
        }
    }
}
