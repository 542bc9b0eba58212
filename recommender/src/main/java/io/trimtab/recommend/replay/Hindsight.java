package io.trimtab.recommend.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;

/** Watches what containers ask for and use, step by step, and says for each kind of workload how much of it was unused, and how much would have been with requests that were known in advance. */
final class Hindsight {
    /** A core costs as much as seven and a half GiB. */
    private static final double GIB_OF_CORE = 7.46;

    /** Of its minutes a request covers so many, as where 100 minutes a day are accepted. */
    private static final double COVERED = 1 - 100 / 1440.0;

    private static final double GIB = 1L << 30;

    private record Place(String kind, String container) {}

    /** One step of all pods' containers of one name. */
    private record Use(long second, int pods, double usedMilli) {}

    private static final class Sums {
        double requestedMilli;
        double unusedMilli;
        double requestedBytes;
        double unusedBytes;
        double unusedMilliAtMinimum;

        double requested() {
            return GIB_OF_CORE * requestedMilli / 1000 + requestedBytes / GIB;
        }

        double unused() {
            return GIB_OF_CORE * unusedMilli / 1000 + unusedBytes / GIB;
        }
    }

    private final SortedMap<String, Sums> kinds = new TreeMap<>();
    private final Map<Place, List<Use>> uses = new HashMap<>();

    void watch(World world) {
        for (SimulatedWorkload workload : world.workloads.values()) {
            String kind =
                    workload.plan.kind().label() + (workload.plan.scaling().isPresent() ? "+hpa" : "");
            boolean atMinimum = workload.plan
                    .scaling()
                    .filter(scaling -> workload.replicas <= scaling.minReplicas())
                    .isPresent();
            for (int i = 0; i < workload.template.size(); i++) {
                Sums sums = kinds.computeIfAbsent(kind, _ -> new Sums());
                int pods = 0;
                double usedMilli = 0;
                for (SimulatedPod pod : workload.pods) {
                    if (!pod.isRunning()) continue;
                    SimulatedContainer container = pod.containers.get(i);
                    pods++;
                    usedMilli += container.usedMilli;
                    add(sums, container, atMinimum);
                }
                if (pods == 0) continue;
                uses.computeIfAbsent(new Place(kind, workload.plan.id() + " " + i), _ -> new ArrayList<>())
                        .add(new Use(world.second, pods, usedMilli / pods));
            }
        }
    }

    private static void add(Sums sums, SimulatedContainer container, boolean atMinimum) {
        double unusedMilli = Math.max(0, container.cpuRequestMilli - container.usedMilli);
        sums.requestedMilli += container.cpuRequestMilli;
        sums.unusedMilli += unusedMilli;
        sums.requestedBytes += container.memoryRequestBytes;
        sums.unusedBytes += Math.max(0, container.memoryRequestBytes - container.memoryBytes);
        if (atMinimum) sums.unusedMilliAtMinimum += unusedMilli;
    }

    List<KindSlack> kinds() {
        double requested = kinds.values().stream().mapToDouble(Sums::requested).sum();
        double unused = kinds.values().stream().mapToDouble(Sums::unused).sum();
        List<KindSlack> found = new ArrayList<>();
        kinds.forEach((kind, sums) -> found.add(new KindSlack(
                kind,
                sums.requested() / requested,
                sums.unused() / unused,
                share(sums.unusedMilli, sums.requestedMilli),
                share(sums.unusedBytes, sums.requestedBytes),
                known(kind, _ -> 0L),
                known(kind, Hindsight::hourOfDay),
                known(kind, second -> Math.floorDiv(second, 3600L)),
                share(sums.unusedMilliAtMinimum, sums.unusedMilli))));
        return found;
    }

    private static long hourOfDay(long second) {
        return (long) DemandShape.hour(second) + (DemandShape.isWeekend(second) ? 24 : 0);
    }

    /** CPU unused with a request for each of these times, known in advance. */
    private double known(String kind, LongFunction<Long> time) {
        double requested = 0;
        double unused = 0;
        for (Map.Entry<Place, List<Use>> entry : uses.entrySet()) {
            if (!entry.getKey().kind().equals(kind)) continue;
            Map<Long, List<Use>> byTime = new HashMap<>();
            for (Use use : entry.getValue())
                byTime.computeIfAbsent(time.apply(use.second()), _ -> new ArrayList<>())
                        .add(use);
            for (List<Use> alike : byTime.values()) {
                double request = covering(alike);
                for (Use use : alike) {
                    requested += use.pods() * request;
                    unused += use.pods() * Math.max(0, request - use.usedMilli());
                }
            }
        }
        return share(unused, requested);
    }

    private static double covering(List<Use> alike) {
        double[] used = alike.stream().mapToDouble(Use::usedMilli).toArray();
        Arrays.sort(used);
        return used[(int) Math.ceil(COVERED * used.length) - 1];
    }

    private static double share(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
