package io.trimtab.recommend.feasible;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.CpuAndMemory;
import io.trimtab.ingest.model.InitContainer;
import io.trimtab.ingest.model.LabelSelector;
import io.trimtab.ingest.model.LimitRange;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.ResourceQuota;
import io.trimtab.ingest.model.Scheduling;
import io.trimtab.ingest.model.Taint;
import io.trimtab.ingest.model.Toleration;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Recommendation.Resize;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Applies advice to a cluster the long way, as admission and the scheduler do, and says what would go wrong: every pod on every node. Shares no code with what it checks.
 * Amounts are in the order CPU request, memory request, CPU limit, memory limit; -1 for none.
 */
final class ApiServer {
    private static final List<String> WORDS = List.of("cpu request", "memory request", "cpu limit", "memory limit");
    private final ClusterSnapshot cluster;
    private final Map<WorkloadId, List<Resize>> resizes;
    private final List<String> complaints = new ArrayList<>();

    ApiServer(ClusterSnapshot cluster, List<Resize> resizes) {
        this.cluster = cluster;
        this.resizes = resizes.stream().collect(Collectors.groupingBy(Resize::workload));
    }

    List<String> complaints() {
        for (Resize resize : resizes.values().stream().flatMap(List::stream).toList()) floors(resize);
        for (Workload workload : cluster.workloads()) if (resizes.containsKey(workload.id())) admit(workload);
        for (ResourceQuota quota : cluster.limits().quotas()) charge(quota);
        return complaints;
    }

    private void floors(Resize resize) {
        long[] from = raw(resize.from());
        long[] to = raw(resize.to());
        if (to[0] != from[0] && to[0] < 1) complaints.add(resize + " has no CPU");
        if (to[1] != from[1] && to[1] < 16 << 20) complaints.add(resize + " has less than 16 MiB");
    }

    private void admit(Workload workload) {
        List<long[]> before = admitted(workload.id(), workload.containers());
        List<long[]> after = admitted(workload.id(), changed(workload));
        Scheduling scheduling = scheduling(workload);
        List<long[]> initAfter = initContainers(workload.id(), scheduling);
        List<long[]> all = new ArrayList<>(after);
        all.addAll(initAfter);
        for (long[] container : all) {
            if (container[2] >= 0 && container[0] > container[2]) complain(workload, "CPU request above its limit");
            if (container[3] >= 0 && container[1] > container[3]) complain(workload, "memory request above its limit");
        }
        String classBefore = qos(before, initAfter);
        String classAfter = qos(after, initAfter);
        boolean rises = classBefore.equals("BestEffort") && classAfter.equals("Burstable");
        if (!classBefore.equals(classAfter) && !rises)
            complain(workload, "QoS class %s becomes %s".formatted(classBefore, classAfter));
        for (LimitRange range : cluster.limits().ranges()) {
            if (!range.namespace().equals(workload.id().namespace())) continue;
            for (long[] container : all)
                bounds(workload, range.name() + " of containers", range.container(), container);
            long[] pod = new long[4];
            for (int i = 0; i < 4; i++) {
                long sum = podSum(changed(workload), after, scheduling, initAfter, i);
                pod[i] = sum == 0 ? -1 : sum;
            }
            bounds(workload, range.name() + " of pods", range.pod(), pod);
        }
        if (workload.id().kind().equals("DaemonSet")) daemonFits(workload);
        else if (cluster.nodes().stream().noneMatch(node -> carries(node, workload)))
            complain(workload, "fits no node");
    }

    private void bounds(Workload workload, String what, LimitRange.Bounds bounds, long[] amounts) {
        Optional<?>[] mins = {bounds.min().cpu(), bounds.min().memory()};
        Optional<?>[] maxes = {bounds.max().cpu(), bounds.max().memory()};
        List<Optional<BigDecimal>> ratios = List.of(bounds.maxCpuRatio(), bounds.maxMemoryRatio());
        for (int i = 0; i < 2; i++) {
            long request = amounts[i];
            long limit = amounts[i + 2];
            if (mins[i].isPresent()) {
                long min = number(mins[i].get());
                if (request < min || (limit >= 0 && limit < min)) complain(workload, what + ": below " + min);
            }
            if (maxes[i].isPresent()) {
                long max = number(maxes[i].get());
                if (limit < 0 || limit > max || request > max) complain(workload, what + ": above " + max);
            }
            if (ratios.get(i).isPresent()) {
                boolean above = request <= 0
                        || limit <= 0
                        || new BigDecimal(limit)
                                        .compareTo(new BigDecimal(request)
                                                .multiply(ratios.get(i).get()))
                                > 0;
                if (above)
                    complain(workload, what + ": ratio above " + ratios.get(i).get());
            }
        }
    }

    private static long number(Object amount) {
        return amount instanceof MilliCores cpu ? cpu.value() : ((Bytes) amount).value();
    }

    private void complain(Workload workload, String what) {
        complaints.add("%s: %s".formatted(workload.id(), what));
    }

    private void daemonFits(Workload daemon) {
        boolean runs = false;
        for (Pod pod : cluster.pods()) {
            if (!pod.owner().equals(Optional.of(daemon.id())) || pod.node().isEmpty()) continue;
            for (Node node : cluster.nodes()) {
                if (!node.name().equals(pod.node().get())) continue;
                runs = true;
                if (!fits(node, daemon, Optional.of(pod))) complain(daemon, "does not fit " + node.name());
            }
        }
        if (!runs) complain(daemon, "runs nowhere");
    }

    private boolean carries(Node node, Workload workload) {
        Scheduling scheduling = scheduling(workload);
        if (!node.ready() || !node.schedulable()) return false;
        for (var label : scheduling.nodeSelector().entrySet())
            if (!label.getValue().equals(node.labels().get(label.getKey()))) return false;
        boolean affine = scheduling.nodeAffinity().isEmpty();
        for (LabelSelector term : scheduling.nodeAffinity()) affine |= term.test(node.labels());
        if (!affine) return false;
        for (Taint taint : node.taints()) {
            boolean tolerated = false;
            for (Toleration it : scheduling.tolerations())
                tolerated |= (it.key().isEmpty() || it.key().get().equals(taint.key()))
                        && (it.value().isEmpty() || it.value().get().equals(taint.value()))
                        && (it.effect().isEmpty() || it.effect().get() == taint.effect());
            if (!tolerated) return false;
        }
        return fits(node, workload, Optional.empty());
    }

    /** @param instead the pod whose place it takes */
    private boolean fits(Node node, Workload workload, Optional<Pod> instead) {
        long cpu = node.allocatable().cpu().value();
        long memory = node.allocatable().memory().value();
        long gpu = node.allocatable().gpu().value();
        int others = 0;
        for (Pod pod : cluster.pods()) {
            boolean stays = pod.owner().isEmpty() || pod.owner().get().kind().equals("DaemonSet");
            if (!stays || !pod.node().equals(Optional.of(node.name())) || instead.equals(Optional.of(pod))) continue;
            others++;
            // A daemon that is to grow takes the more of both.
            List<ContainerSpec> to = pod.owner()
                    .flatMap(owner -> cluster.workloads().stream()
                            .filter(it -> it.id().equals(owner) && resizes.containsKey(owner))
                            .findFirst())
                    .map(this::changed)
                    .orElse(pod.containers());
            cpu -= Math.max(scheduled(pod.containers(), pod.scheduling(), 0), scheduled(to, pod.scheduling(), 0));
            memory -= Math.max(scheduled(pod.containers(), pod.scheduling(), 1), scheduled(to, pod.scheduling(), 1));
            for (ContainerSpec container : pod.containers())
                gpu -= container.requirements().gpu().value();
        }
        List<ContainerSpec> to = changed(workload);
        Scheduling scheduling = scheduling(workload);
        List<long[]> containers = admitted(workload.id(), to);
        List<long[]> init = initContainers(workload.id(), scheduling);
        long needsCpu = podSum(to, containers, scheduling, init, 0)
                + scheduling.overhead().cpu().value();
        long needsMemory = podSum(to, containers, scheduling, init, 1)
                + scheduling.overhead().memory().value();
        long needsGpu = 0;
        for (ContainerSpec container : to)
            needsGpu += container.requirements().gpu().value();
        // As in the scheduler, what a pod does not ask for is never too little.
        boolean enough = (needsCpu == 0 || needsCpu <= cpu)
                && (needsMemory == 0 || needsMemory <= memory)
                && (needsGpu == 0 || needsGpu <= gpu);
        return enough && (instead.isPresent() || others < node.maxPods());
    }

    private static long scheduled(List<ContainerSpec> containers, Scheduling scheduling, int which) {
        List<long[]> raw = containers.stream().map(it -> raw(it.requirements())).toList();
        List<long[]> init = scheduling.initContainers().stream()
                .map(it -> raw(it.requirements()))
                .toList();
        long overhead = which % 2 == 0
                ? scheduling.overhead().cpu().value()
                : scheduling.overhead().memory().value();
        return podSum(containers, raw, scheduling, init, which) + overhead;
    }

    private void charge(ResourceQuota quota) {
        for (int i = 0; i < 4; i++) {
            CpuAndMemory hard = i < 2 ? quota.requests() : quota.limits();
            CpuAndMemory used = i < 2 ? quota.requestsUsed() : quota.limitsUsed();
            Optional<?> most = i % 2 == 0 ? hard.cpu() : hard.memory();
            if (most.isEmpty()) continue;
            Optional<?> had = i % 2 == 0 ? used.cpu() : used.memory();
            long charged = had.map(ApiServer::number).orElse(0L);
            boolean grows = false;
            for (Workload workload : cluster.workloads()) {
                if (!workload.id().namespace().equals(quota.namespace()) || !resizes.containsKey(workload.id()))
                    continue;
                Scheduling scheduling = scheduling(workload);
                List<long[]> init = initContainers(workload.id(), scheduling);
                List<long[]> before = admitted(workload.id(), workload.containers());
                List<long[]> after = admitted(workload.id(), changed(workload));
                for (int c = 0; c < after.size(); c++)
                    if (after.get(c)[i] < 0 && before.get(c)[i] >= 0)
                        complain(workload, "quota %s needs a %s".formatted(quota.name(), WORDS.get(i)));
                long one = podSum(changed(workload), after, scheduling, init, i);
                if (one <= podSum(workload.containers(), before, scheduling, init, i)) continue;
                grows = true;
                long overhead = i % 2 == 0
                        ? scheduling.overhead().cpu().value()
                        : scheduling.overhead().memory().value();
                int running = 0;
                long taken = 0;
                for (Pod pod : cluster.pods())
                    if (pod.owner().equals(Optional.of(workload.id()))) {
                        running++;
                        taken += scheduled(pod.containers(), pod.scheduling(), i);
                    }
                long all = (one + overhead) * (Math.max(running, workload.replicas()) + workload.surge());
                charged += Math.max(0, all - taken);
            }
            if (grows
                    && charged > number(most.get())
                    && charged > had.map(ApiServer::number).orElse(0L))
                complaints.add(
                        "quota %s: %s of %d above %s".formatted(quota.name(), WORDS.get(i), charged, most.get()));
        }
    }

    private List<ContainerSpec> changed(Workload workload) {
        return workload.containers().stream()
                .map(container -> resizes.getOrDefault(workload.id(), List.of()).stream()
                        .filter(it -> it.container().equals(container.name()))
                        .findFirst()
                        .map(it -> container.with(it.to()))
                        .orElse(container))
                .toList();
    }

    /** Of the newest pod; here all are of one age, so the last by name. */
    private Scheduling scheduling(Workload workload) {
        Scheduling found = workload.scheduling();
        for (Pod pod : cluster.pods()) if (pod.owner().equals(Optional.of(workload.id()))) found = pod.scheduling();
        return found;
    }

    private List<long[]> admitted(WorkloadId id, List<ContainerSpec> containers) {
        return containers.stream()
                .map(it -> defaulted(id.namespace(), it.requirements()))
                .toList();
    }

    private List<long[]> initContainers(WorkloadId id, Scheduling scheduling) {
        return scheduling.initContainers().stream()
                .map(it -> defaulted(id.namespace(), it.requirements()))
                .toList();
    }

    private long[] defaulted(String namespace, Requirements requirements) {
        long[] amounts = raw(requirements);
        for (int i = 0; i < 2; i++) if (amounts[i] < 0) amounts[i] = amounts[i + 2];
        for (LimitRange range : cluster.limits().ranges()) {
            if (!range.namespace().equals(namespace)) continue;
            if (amounts[2] < 0)
                amounts[2] = range.defaultLimit().cpu().map(MilliCores::value).orElse(-1L);
            if (amounts[3] < 0)
                amounts[3] = range.defaultLimit().memory().map(Bytes::value).orElse(-1L);
            if (amounts[0] < 0)
                amounts[0] = range.defaultRequest().cpu().map(MilliCores::value).orElse(-1L);
            if (amounts[1] < 0)
                amounts[1] = range.defaultRequest().memory().map(Bytes::value).orElse(-1L);
        }
        return amounts;
    }

    private static long[] raw(Requirements it) {
        return new long[] {
            it.cpuRequest().map(MilliCores::value).orElse(-1L),
            it.memoryRequest().map(Bytes::value).orElse(-1L),
            it.cpuLimit().map(MilliCores::value).orElse(-1L),
            it.memoryLimit().map(Bytes::value).orElse(-1L)
        };
    }

    private static long podSum(
            List<ContainerSpec> names, List<long[]> containers, Scheduling scheduling, List<long[]> init, int which) {
        long running = 0;
        for (long[] container : containers) running += Math.max(0, container[which]);
        long most = running;
        for (int i = 0; i < init.size(); i++) {
            InitContainer step = scheduling.initContainers().get(i);
            long beside = Math.max(0, init.get(i)[which]);
            for (int c = 0; c < names.size(); c++)
                if (step.sidecars().contains(names.get(c).name()))
                    beside += Math.max(0, containers.get(c)[which]);
            most = Math.max(most, beside);
        }
        return most;
    }

    private static String qos(List<long[]> containers, List<long[]> init) {
        List<long[]> all = new ArrayList<>(containers);
        all.addAll(init);
        boolean nothing = true;
        boolean guaranteed = true;
        for (long[] it : all)
            for (int i = 0; i < 2; i++) {
                nothing &= it[i] <= 0 && it[i + 2] <= 0;
                guaranteed &= it[i] > 0 && it[i] == it[i + 2];
            }
        return nothing ? "BestEffort" : guaranteed ? "Guaranteed" : "Burstable";
    }

    /** What all pods of a namespace request, and their limits. */
    static CpuAndMemory[] used(String namespace, List<Pod> pods) {
        long[] sums = new long[4];
        for (Pod pod : pods)
            if (pod.id().namespace().equals(namespace))
                for (int i = 0; i < 4; i++) sums[i] += scheduled(pod.containers(), pod.scheduling(), i);
        return new CpuAndMemory[] {
            new CpuAndMemory(Optional.of(new MilliCores(sums[0])), Optional.of(new Bytes(sums[1]))),
            new CpuAndMemory(Optional.of(new MilliCores(sums[2])), Optional.of(new Bytes(sums[3])))
        };
    }
}
