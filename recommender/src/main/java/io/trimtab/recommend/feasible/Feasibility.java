package io.trimtab.recommend.feasible;

import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.forecast.Demand;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.LimitRange;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.Scheduling;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.PodReason.NodeRoom;
import io.trimtab.recommend.QosClass;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.Recommendation.Resize;
import io.trimtab.recommend.pods.PodPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Advice that can be had: pods that some node can carry, that the API server would admit, and that the quotas have room for. What is needed beyond that is cut, or nothing is advised; the
 * reason says what stands against it. For one snapshot and one use.
 */
public final class Feasibility {
    private final NodeRooms nodes;
    private final Quotas quotas;
    private final Map<String, List<LimitRange>> ranges;
    private final Map<WorkloadId, Workload> workloads;
    private final Map<WorkloadId, Pod> newest = new HashMap<>();

    public Feasibility(ClusterSnapshot snapshot) {
        this.quotas = new Quotas(snapshot);
        this.ranges = snapshot.limits().ranges().stream().collect(Collectors.groupingBy(LimitRange::namespace));
        this.workloads = snapshot.workloads().stream()
                .collect(Collectors.toMap(Workload::id, Function.identity(), (one, other) -> one));
        Comparator<Pod> byAge = Comparator.comparing(Pod::createdAt).thenComparing(Pod::id);
        for (Pod pod : snapshot.pods())
            pod.owner()
                    .ifPresent(owner ->
                            newest.merge(owner, pod, (one, other) -> byAge.compare(one, other) < 0 ? other : one));
        this.nodes = new NodeRooms(
                snapshot, workloads.values().stream().map(this::scheduling).toList());
    }

    /** An advice with other requirements in the place of those that it has, and why. */
    @FunctionalInterface
    public interface Replaced {
        Recommendation by(Demand demand, Resize advised, Requirements to, List<PodReason> why);
    }

    /**
     * @param advised one for each demand, in the same order
     * @return likewise; what is no resize stays
     */
    public List<Recommendation> fit(
            List<Demand> demands,
            List<Recommendation> advised,
            Function<WorkloadId, PodPolicy> policies,
            Replaced replaced) {
        // Daemons first, because what they get is lost to the others; else by name.
        Map<WorkloadId, List<Integer>> places = new TreeMap<>(
                Comparator.comparing((WorkloadId it) -> !isDaemon(it)).thenComparing(it -> it));
        for (int i = 0; i < advised.size(); i++)
            if (advised.get(i) instanceof Resize resize)
                places.computeIfAbsent(resize.workload(), unseen -> new ArrayList<>())
                        .add(i);
        List<Recommendation> all = new ArrayList<>(advised);
        places.forEach((id, its) -> {
            Map<String, Resize> resizes = new TreeMap<>();
            its.forEach(place -> {
                if (advised.get(place) instanceof Resize resize) resizes.put(resize.container(), resize);
            });
            Fitting.Answer answer = answer(id, resizes, policies.apply(id));
            for (int place : its) {
                if (!(advised.get(place) instanceof Resize resize)) continue;
                switch (answer) {
                    case Fitting.Answer.Refused(List<PodReason> why) ->
                        all.set(place, replaced.by(demands.get(place), resize, resize.from(), why));
                    case Fitting.Answer.Fits(PodShape to, List<PodReason> cuts) -> {
                        Requirements fitting = to.containers().getOrDefault(resize.container(), resize.to());
                        if (!fitting.equals(resize.to()))
                            all.set(place, replaced.by(demands.get(place), resize, fitting, cuts));
                    }
                }
            }
        });
        return all;
    }

    /** What the scheduler counts of a pod: containers that end first and what its RuntimeClass adds are in it. */
    public static Resources counted(Pod pod) {
        return PodShape.of(pod).requested();
    }

    private static boolean isDaemon(WorkloadId id) {
        return id.kind().equals("DaemonSet");
    }

    /** A pod's own says more than its template: what admission added is in it. */
    private Scheduling scheduling(Workload workload) {
        Pod pod = newest.get(workload.id());
        return pod == null ? workload.scheduling() : pod.scheduling();
    }

    private Fitting.Answer answer(WorkloadId id, Map<String, Resize> resizes, PodPolicy policy) {
        Workload workload = workload(id);
        Ranges range = new Ranges(ranges.getOrDefault(id.namespace(), List.of()));
        Scheduling scheduling = scheduling(workload);
        PodShape now = PodShape.of(workload.containers(), scheduling);
        PodShape filledNow = now.map(range::filled);
        QosClass qos = filledNow.qos();
        List<Change> changes = new ArrayList<>();
        resizes.forEach((container, resize) -> {
            for (Resource resource : Resource.SIZED) {
                Entry request = Entry.request(resource);
                if (request.of(resize.to()).isEmpty() || request.of(resize.to()).equals(request.of(resize.from())))
                    continue;
                var amounts = new Amounts(resource, range, policy.limits(), qos == QosClass.GUARANTEED);
                changes.add(Change.of(
                        container,
                        amounts,
                        resize.from(),
                        request.of(resize.to()).get()));
            }
        });
        Fitting.Answer answer =
                new Fitting(now, changes, policy.band(), refusal(workload, scheduling, range, filledNow)).answer();
        if (answer instanceof Fitting.Answer.Fits(PodShape to, List<PodReason> cuts)) {
            quotas.take(workload, filledNow, to.map(range::filled));
            if (isDaemon(id)) nodes.grow(id, to.map(range::filled));
        }
        return answer;
    }

    /**
     * What the containers of a new pod may request of CPU while they start, if all of them do at once: as much of what they want as can be had, in the same part each. It is for a while, so
     * nothing is taken from others. What this workload's own advice takes of a quota counts twice: rather too little is said than too much.
     *
     * @param later what each container of the pod has once it is ready
     * @param wanted more than that, for some of them
     * @return of each container; what it has later where nothing more is to be had
     */
    public Map<String, Requirements> starting(
            WorkloadId id, Map<String, Requirements> later, Map<String, MilliCores> wanted, PodPolicy policy) {
        Workload workload = workload(id);
        Ranges range = new Ranges(ranges.getOrDefault(id.namespace(), List.of()));
        Scheduling scheduling = scheduling(workload);
        PodShape now = PodShape.of(workload.containers(), scheduling).with(later);
        PodShape filled = now.map(range::filled);
        var amounts = new Amounts(Resource.CPU, range, policy.limits(), filled.qos() == QosClass.GUARANTEED);
        List<Change> changes = wanted.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> Change.of(
                        entry.getKey(),
                        amounts,
                        Objects.requireNonNull(later.get(entry.getKey())),
                        entry.getValue().value()))
                .toList();
        return switch (new Fitting(now, changes, policy.band(), refusal(workload, scheduling, range, filled))
                .answer()) {
            case Fitting.Answer.Fits(PodShape to, List<PodReason> _) -> to.containers();
            case Fitting.Answer.Refused(List<PodReason> _) -> later;
        };
    }

    /** What stands against a pod of the workload, in place of those that it has. */
    private Function<PodShape, Optional<PodReason>> refusal(
            Workload workload, Scheduling scheduling, Ranges range, PodShape filledNow) {
        boolean daemon = isDaemon(workload.id());
        List<NodeRoom> rooms = daemon ? nodes.ofDaemon(workload.id()) : nodes.of(scheduling);
        QosClass qos = filledNow.qos();
        return to -> {
            PodShape filled = to.map(range::filled);
            return range.aboveLimit(to)
                    .or(() -> qos(qos, filled.qos()))
                    .or(() -> range.refusal(filled))
                    .or(() -> nodes(daemon, rooms, filled.requested()))
                    .or(() -> quotas.refusal(workload, filledNow, filled));
        };
    }

    private Workload workload(WorkloadId id) {
        return Optional.ofNullable(workloads.get(id))
                .orElseThrow(
                        () -> new IllegalArgumentException("advice for %s, which the snapshot lacks".formatted(id)));
    }

    /** Requests where there are none are what makes a pod more than BestEffort. */
    private static Optional<PodReason> qos(QosClass now, QosClass to) {
        boolean stays = now == to || (now == QosClass.BEST_EFFORT && to == QosClass.BURSTABLE);
        return stays ? Optional.empty() : Optional.of(new PodReason.QosClassStays(now, to));
    }

    /** A daemon must find room on all of its nodes, any other pod on one. */
    private static Optional<PodReason> nodes(boolean daemon, List<NodeRoom> rooms, Resources pod) {
        boolean fits = daemon
                ? !rooms.isEmpty() && rooms.stream().allMatch(it -> pod.fitsIn(it.room()))
                : rooms.stream().anyMatch(it -> pod.fitsIn(it.room()));
        if (fits) return Optional.empty();
        Comparator<NodeRoom> byShortage = Comparator.comparingDouble(it -> shortage(pod, it.room()));
        Optional<NodeRoom> nearest =
                daemon ? rooms.stream().max(byShortage) : rooms.stream().min(byShortage);
        return Optional.of(new PodReason.BeyondNodes(pod, nearest));
    }

    /** How many times what is there it asks for, of what is shortest. */
    private static double shortage(Resources pod, Resources room) {
        double cpu = pod.cpu().value() / Math.max(0.5, room.cpu().value());
        double memory = pod.memory().value() / Math.max(0.5, room.memory().value());
        double gpu = pod.gpu().value() / Math.max(0.5, room.gpu().value());
        return Math.max(cpu, Math.max(memory, gpu));
    }
}
