package io.trimtab.recommend.consolidation.simulation;

import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.recommend.consolidation.ClusterNode;
import io.trimtab.recommend.consolidation.ConsolidationProblem;
import io.trimtab.recommend.consolidation.ConsolidationProblem.Policy;
import io.trimtab.recommend.consolidation.ConsolidationProblem.Terms;
import io.trimtab.recommend.consolidation.NodePod;
import io.trimtab.recommend.nodes.NodeShape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Nodes that were full once, of which each lost pods of its own share since: none to 80 %. */
public final class FragmentedCluster {
    private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");

    private FragmentedCluster() {}

    /** @param pods of one node on average, daemons apart */
    public static ConsolidationProblem of(long seed, int nodes, int pods, boolean shapes, Policy policy) {
        var random = new Random(seed);
        List<Service> services = new ArrayList<>();
        List<NodePod> waiting = new ArrayList<>();
        while (waiting.size() < 5 * nodes * pods) {
            Service service = Service.of(services.size(), random);
            services.add(service);
            for (int copy = 0; copy < service.replicas(); copy++) waiting.add(service.pod(copy, Optional.empty()));
        }
        Collections.shuffle(waiting, random);
        List<NodeShape> machines = Machines.all();
        List<List<NodePod>> filled = new ArrayList<>();
        List<NodeShape> chosen = new ArrayList<>();
        int next = 0;
        int kept = 0;
        for (int i = 0; i < nodes; i++) {
            NodeShape shape = machines.get(random.nextInt(machines.size()));
            double share = 0.2 + 0.8 * random.nextDouble();
            Resources left = new Resources(shape.cpu(), shape.memory(), Resources.ZERO.gpu())
                    .minusOrZero(new Resources(
                            shape.daemonCpu().plus(new MilliCores(1)), shape.daemonMemory(), Resources.ZERO.gpu()));
            List<NodePod> its = new ArrayList<>();
            for (int taken = 0; taken < shape.pods() && next < waiting.size(); taken++) {
                NodePod pod = waiting.get(next++);
                if (!pod.requested().fitsIn(left)) break;
                left = left.minusOrZero(pod.requested());
                if (random.nextDouble() < share) its.add(pod);
            }
            kept += its.size();
            filled.add(its);
            chosen.add(shape);
        }
        // To the number that was asked for: one pod less here and there.
        while (kept > nodes * pods) {
            List<NodePod> its = filled.get(random.nextInt(nodes));
            if (its.size() < 2) continue;
            its.removeLast();
            kept--;
        }
        List<ClusterNode> all = new ArrayList<>();
        for (int i = 0; i < nodes; i++) all.add(Machines.node("node-%04d".formatted(i), chosen.get(i), filled.get(i)));
        Map<String, Integer> allowed = new TreeMap<>();
        services.stream()
                .filter(service -> service.allowed() >= 0)
                .forEach(service -> allowed.put(service.name(), service.allowed()));
        return new ConsolidationProblem(NOW, Terms.of(policy), all, allowed, shapes ? machines : List.of());
    }
}
