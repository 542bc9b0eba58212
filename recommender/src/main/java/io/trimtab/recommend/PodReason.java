package io.trimtab.recommend;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Money;
import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.CpuAndMemory;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.RuntimeSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reasons for requests and limits. */
public sealed interface PodReason extends Reason {
    /** No sample of any resource has been seen. */
    record NoSamples() implements PodReason {}

    /** Too little history to act on. */
    record ShortHistory(Duration seen, Duration needed) implements PodReason {}

    /** Too few samples of a resource for the policy to size it. */
    record FewSamples(Resource resource, long samples, long needed) implements PodReason {}

    /** The requests are near enough to what is needed. */
    record WithinBand(MilliCores cpuRequest, MilliCores cpuTarget, Bytes memoryRequest, Bytes memoryTarget)
            implements PodReason {}

    /**
     * Less would do, but what it is sure to save in a week is not worth moving the pods.
     *
     * @param saving share of their price, as if less risk were accepted
     * @param needed as {@code saving}
     */
    record NotWorthMoving(double saving, double needed) implements PodReason {}

    /**
     * The least CPU that keeps the accepted risk.
     *
     * @param minutesPerDay in which a pod may want more than this, where no limit holds it
     * @param days that are known
     */
    record CpuByRisk(Optional<MilliCores> request, MilliCores target, double minutesPerDay, int days)
            implements PodReason {}

    /** A request of CPU that will do for so long. */
    record Step(MilliCores request, Duration lasts) {}

    /**
     * Less CPU will do at times of the day to come.
     *
     * @param steps of that day, the first one from now on
     * @param wholeWeek what keeps the accepted risk over all of the week
     */
    record TimeOfWeek(List<Step> steps, MilliCores wholeWeek) implements PodReason {
        public TimeOfWeek {
            steps = List.copyOf(steps);
        }

        public Step now() {
            return steps.getFirst();
        }
    }

    /**
     * Past weeks used less CPU at the time that comes, but that is foreseen no better than by repeating the last hour or the day before, so what all of the week needs
     * counts.
     *
     * @param target what would do
     * @param lasts for so long
     * @param mase mean error of the forecast over that of the same hour a day before
     */
    record ForecastNoBetter(MilliCores target, Duration lasts, double mase) implements PodReason {}

    /**
     * The least memory that keeps the accepted risk.
     *
     * @param days that are known
     * @param kills for memory in these days
     */
    record MemoryByRisk(Optional<Bytes> request, Bytes target, double oomPerWeek, int days, long kills)
            implements PodReason {}

    /**
     * Memory rises without end: more of it would only be filled later, so the request stays.
     *
     * @param needed what the days so far would ask for
     */
    record LeakNotFed(Bytes request, Bytes needed) implements PodReason {}

    /**
     * The CPU request stays, since an autoscaler measures utilisation by it: with another one the replicas would move. The reason after it says why the target does not move instead.
     *
     * @param needed of CPU by the accepted risk
     */
    record AutoscalerStandsOnCpu(MilliCores needed) implements PodReason {}

    /** As {@link AutoscalerStandsOnCpu}, of memory. */
    record AutoscalerStandsOnMemory(Bytes needed) implements PodReason {}

    /** What the stock VPA would ask for. */
    record StockVpaAsks(Optional<MilliCores> cpu, Optional<Bytes> memory) implements PodReason {}

    /** What the samples' quantile needs of CPU, beside the request where there is one. */
    record CpuSized(Optional<MilliCores> request, MilliCores target, double quantile) implements PodReason {}

    /** What the daily peaks' quantile needs of memory, beside the request where there is one. */
    record MemorySized(Optional<Bytes> request, Bytes target, double quantile) implements PodReason {}

    /** What a Java process's heap holds after collection decided its memory. */
    record HeapDecides(Bytes heapAfterGc, Bytes nonHeap, Bytes maxHeap, Bytes target) implements PodReason {}

    /** The target was moved to the bound that was set. */
    record AtBound(Resource resource) implements PodReason {}

    /** The target was lowered to the limit, which stays. */
    record AtLimit(Resource resource) implements PodReason {}

    /** What a node has for one pod, beside what stays on it. */
    record NodeRoom(String node, Resources room) {}

    /**
     * No node that may carry the pod has so much.
     *
     * @param pod what it would ask for
     * @param nearest the node that lacks least of it; empty where no node may carry it at all
     */
    record BeyondNodes(Resources pod, Optional<NodeRoom> nearest) implements PodReason {}

    /** The quota has less left than all pods, and those that a rollout adds for a while, would take of it. */
    record BeyondQuota(String quota, String entry, CpuAndMemory needed, CpuAndMemory left) implements PodReason {}

    /** The quota admits no container without this amount. */
    record QuotaNeedsAmount(String quota, String entry) implements PodReason {}

    /** Which of a LimitRange's bounds. */
    enum RangeBound {
        CONTAINER_MIN,
        CONTAINER_MAX,
        DEFAULT_LIMIT,
        POD_MIN,
        POD_MAX
    }

    /** The LimitRange does not admit so much, or so little. */
    record OutsideLimitRange(String limitRange, RangeBound bound, CpuAndMemory asked, CpuAndMemory allowed)
            implements PodReason {}

    /**
     * The LimitRange does not admit a limit so far above its request.
     *
     * @param limit none where there is none, which it does not admit either
     */
    record AboveLimitRatio(
            String limitRange, Resource resource, CpuAndMemory request, CpuAndMemory limit, BigDecimal most)
            implements PodReason {}

    /** No amount is within both LimitRanges. */
    record LimitRangesContradict(String ofMin, CpuAndMemory min, String ofMax, CpuAndMemory max) implements PodReason {}

    /** The pod would be of another QoS class, which Kubernetes does not let it become. */
    record QosClassStays(QosClass now, QosClass to) implements PodReason {}

    /**
     * A language runtime may take more than its container's limit before it heeds anything.
     *
     * @param takes what it is told it may take, with what it takes beside that
     */
    record RuntimeAboveLimit(RuntimeSettings runtime, Bytes takes, Bytes limit) implements PodReason {}

    /** A JVM's largest heap is a part of the limit, and changes with it. */
    record HeapFollowsLimit(Bytes maxHeap, Bytes maxHeapAfter) implements PodReason {}

    /**
     * What a Go program should be told for the limits to come.
     *
     * @param memoryLimit {@code GOMEMLIMIT}; empty where it is near enough, or without a limit
     * @param maxProcs {@code GOMAXPROCS}; empty unless it is more than the CPU limit feeds
     */
    record GoToLimits(Optional<Bytes> memoryLimit, Optional<Integer> maxProcs) implements PodReason {}

    /** The {@code --max-old-space-size} for the limit to come. */
    record NodeJsToLimit(Bytes maxOldSpace) implements PodReason {}

    /**
     * A container wants more CPU while it starts than it needs later, and starts sooner with it. Beside the request that it is to have later, which this reason does not decide.
     *
     * @param request of CPU while it starts
     * @param limit that goes with it; empty without one
     * @param lasts until it is ready, in three of four starts
     * @param later its request from then on
     * @param used by three of four starts no more
     * @param starts that were seen
     * @param atLimit starts that used what the CPU limit allowed, and so may have wanted more
     * @param slower how much longer a start takes with the request of later where nothing more is to be had: on a full node, or where the limit allows no more
     * @param always whether the limit makes each start so slow, on whatever node
     */
    record StartUpBoost(
            String container,
            MilliCores request,
            Optional<MilliCores> limit,
            Duration lasts,
            MilliCores later,
            MilliCores used,
            int starts,
            int atLimit,
            Duration slower,
            boolean always)
            implements PodReason {}

    /**
     * Pods of one kind.
     *
     * @param names of the first three
     * @param usual CPU that one uses half of the time
     * @param needed CPU request by which one keeps the accepted risk
     */
    record PodGroup(int pods, List<String> names, MilliCores usual, MilliCores needed) {
        public PodGroup {
            names = List.copyOf(names);
        }
    }

    /**
     * Some of the workload's pods use much more CPU than the others, for good. They have one template, so the request follows the busier ones.
     *
     * @param by the label of their nodes that tells them apart, with its values; empty where none does
     * @param saving per month, were the quieter ones a workload of their own; empty where there is none
     */
    record TwoGroups(PodGroup busier, PodGroup quieter, Optional<GroupLabel> by, Optional<Money> saving)
            implements PodReason {}

    /** A label of nodes, and its values in ascending order. */
    record GroupLabel(String key, List<String> busier, List<String> quieter) {
        public GroupLabel {
            busier = List.copyOf(busier);
            quieter = List.copyOf(quieter);
        }
    }

    /** A request is outside its recommended range, or absent. */
    record OutsideRange() implements PodReason {}

    /** The pod has not started. */
    record NotStarted() implements PodReason {}

    /** The requests are within their range and the pod is too young for a change that can wait. */
    record TooYoung(Duration age, Duration needed) implements PodReason {}

    /** The requests differ too little from the targets. */
    record DiffersLittle(double difference, double needed) implements PodReason {}

    /** The requests differ enough from the targets. */
    record DiffersEnough(double difference, double needed) implements PodReason {}
}
