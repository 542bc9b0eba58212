package io.trimtab.service.evaluate;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.CpuAndMemory;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.RuntimeSettings;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.PodReason.AboveLimitRatio;
import io.trimtab.recommend.PodReason.AtBound;
import io.trimtab.recommend.PodReason.AtLimit;
import io.trimtab.recommend.PodReason.AutoscalerStandsOnCpu;
import io.trimtab.recommend.PodReason.AutoscalerStandsOnMemory;
import io.trimtab.recommend.PodReason.BeyondNodes;
import io.trimtab.recommend.PodReason.BeyondQuota;
import io.trimtab.recommend.PodReason.CpuByRisk;
import io.trimtab.recommend.PodReason.CpuSized;
import io.trimtab.recommend.PodReason.DiffersEnough;
import io.trimtab.recommend.PodReason.DiffersLittle;
import io.trimtab.recommend.PodReason.FewSamples;
import io.trimtab.recommend.PodReason.ForecastNoBetter;
import io.trimtab.recommend.PodReason.GoToLimits;
import io.trimtab.recommend.PodReason.HeapDecides;
import io.trimtab.recommend.PodReason.HeapFollowsLimit;
import io.trimtab.recommend.PodReason.LeakNotFed;
import io.trimtab.recommend.PodReason.LimitRangesContradict;
import io.trimtab.recommend.PodReason.MemoryByRisk;
import io.trimtab.recommend.PodReason.MemorySized;
import io.trimtab.recommend.PodReason.NoSamples;
import io.trimtab.recommend.PodReason.NodeJsToLimit;
import io.trimtab.recommend.PodReason.NodeRoom;
import io.trimtab.recommend.PodReason.NotStarted;
import io.trimtab.recommend.PodReason.NotWorthMoving;
import io.trimtab.recommend.PodReason.OutsideLimitRange;
import io.trimtab.recommend.PodReason.OutsideRange;
import io.trimtab.recommend.PodReason.QosClassStays;
import io.trimtab.recommend.PodReason.QuotaNeedsAmount;
import io.trimtab.recommend.PodReason.RangeBound;
import io.trimtab.recommend.PodReason.RuntimeAboveLimit;
import io.trimtab.recommend.PodReason.ShortHistory;
import io.trimtab.recommend.PodReason.StartUpBoost;
import io.trimtab.recommend.PodReason.Step;
import io.trimtab.recommend.PodReason.StockVpaAsks;
import io.trimtab.recommend.PodReason.TimeOfWeek;
import io.trimtab.recommend.PodReason.TooYoung;
import io.trimtab.recommend.PodReason.TwoGroups;
import io.trimtab.recommend.PodReason.WithinBand;
import io.trimtab.recommend.QosClass;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One sentence for each reason of requests and limits. */
public final class PodReasonWords {
    private PodReasonWords() {}

    public static String explain(PodReason reason) {
        return switch (reason) {
            case NoSamples() -> "no sample has been seen";
            case ShortHistory(Duration seen, Duration needed) ->
                "%s of history, %s needed".formatted(span(seen), span(needed));
            case FewSamples(Resource resource, long samples, long needed) ->
                "%s has %d samples, %d needed".formatted(word(resource), samples, needed);
            case WithinBand(MilliCores cpu, MilliCores cpuTarget, Bytes memory, Bytes memoryTarget) ->
                "requests of %s CPU and %s memory are near enough to %s and %s"
                        .formatted(cpu, memory.rounded(), cpuTarget, memoryTarget.rounded());
            case NotWorthMoving(double saving, double needed) ->
                "less would do, but no more than %s of the pods' price is sure to be saved, and moving them takes %s"
                        .formatted(percent(saving), percent(needed));
            case CpuByRisk(Optional<MilliCores> request, MilliCores target, double minutes, int days) ->
                "%s CPU keep the accepted risk (no more than %s minutes a day above it), by %s, %s"
                        .formatted(target, number(minutes), counted(days, "day"), requested(request));
            case TimeOfWeek(List<Step> steps, MilliCores wholeWeek) ->
                "%s, by what past weeks used then; all of the week needs %s"
                        .formatted(
                                steps.stream()
                                        .map(step -> "%s CPU for %s"
                                                .formatted(
                                                        step.request(),
                                                        counted(step.lasts().toHours(), "hour")))
                                        .collect(Collectors.joining(", then ")),
                                wholeWeek);
            case ForecastNoBetter(MilliCores target, Duration lasts, double mase) ->
                "past weeks used no more than %s CPU in the next %d hours, but the forecast is no better than repeating the last hour or the day before (its error is %s times the latter's), so all of the week counts"
                        .formatted(target, lasts.toHours(), number(mase));
            case MemoryByRisk(Optional<Bytes> request, Bytes target, double accepted, int days, long kills) ->
                "%s memory keep the chance of a kill in a week at %s, by %s with %s, %s"
                        .formatted(
                                target.rounded(),
                                percent(accepted),
                                counted(days, "day"),
                                counted(kills, "kill"),
                                requested(request.map(Bytes::rounded)));
            case LeakNotFed(Bytes request, Bytes needed) ->
                "memory rises without end, as a leak does: the request of %s stays, though the days ask for %s"
                        .formatted(request.rounded(), needed.rounded());
            case AutoscalerStandsOnCpu(MilliCores needed) ->
                "the CPU request stays, since an autoscaler measures utilisation by it; %s would do".formatted(needed);
            case AutoscalerStandsOnMemory(Bytes needed) ->
                "the memory request stays, since an autoscaler measures utilisation by it; %s would do"
                        .formatted(needed.rounded());
            case StockVpaAsks(Optional<MilliCores> cpu, Optional<Bytes> memory) ->
                "the stock VPA asks for %s".formatted(amounts(new CpuAndMemory(cpu, memory)));
            case CpuSized(Optional<MilliCores> request, MilliCores target, double quantile) ->
                "%s of samples need %s CPU, %s".formatted(percent(quantile), target, requested(request));
            case MemorySized(Optional<Bytes> request, Bytes target, double quantile) ->
                "%s of peaks need %s memory, %s"
                        .formatted(percent(quantile), target.rounded(), requested(request.map(Bytes::rounded)));
            case HeapDecides(Bytes live, Bytes nonHeap, Bytes maxHeap, Bytes target) ->
                "the heap holds %s after collection and %s lies outside it: a maximum heap of %s in %s memory"
                        .formatted(live.rounded(), nonHeap.rounded(), maxHeap.rounded(), target.rounded());
            case AtBound(Resource resource) -> "%s is at the bound that was set".formatted(word(resource));
            case AtLimit(Resource resource) -> "%s is at its limit, which stays".formatted(word(resource));
            case BeyondNodes(Resources pod, Optional<NodeRoom> nearest) ->
                "a pod of %s fits no node: %s"
                        .formatted(
                                amounts(pod),
                                nearest.map(it -> "%s, the nearest, has %s for it beside its daemons; add a larger one"
                                                .formatted(it.node(), amounts(it.room())))
                                        .orElse("none that is ready and takes pods may carry it, by its node selector,"
                                                + " affinity and tolerations"));
            case BeyondQuota(String quota, String entry, CpuAndMemory needed, CpuAndMemory left) ->
                "all pods, and those that a rollout adds, need %s more of %s and the ResourceQuota %s leaves %s: raise it, or run fewer replicas"
                        .formatted(amounts(needed), entry, quota, amounts(left));
            case QuotaNeedsAmount(String quota, String entry) ->
                "the ResourceQuota %s admits no container without %s: let the policy keep it".formatted(quota, entry);
            case OutsideLimitRange(String range, RangeBound bound, CpuAndMemory asked, CpuAndMemory allowed) ->
                "%s is beyond the LimitRange %s: %s %s; change it to get more or less"
                        .formatted(amounts(asked), range, word(bound), amounts(allowed));
            case AboveLimitRatio(
                    String range,
                    Resource resource,
                    CpuAndMemory request,
                    CpuAndMemory limit,
                    BigDecimal most) ->
                "the %s limit of %s for a request of %s is beyond the LimitRange %s: at most %s times; raise that, or lower the limit"
                        .formatted(
                                word(resource),
                                limit.equals(CpuAndMemory.NONE) ? "none" : amounts(limit),
                                amounts(request),
                                range,
                                most.toPlainString());
            case LimitRangesContradict(String ofMin, CpuAndMemory min, String ofMax, CpuAndMemory max) ->
                "the LimitRange %s asks for at least %s and the LimitRange %s for at most %s: change one of them"
                        .formatted(ofMin, amounts(min), ofMax, amounts(max));
            case QosClassStays(QosClass now, QosClass to) ->
                "the pod would be %s and no longer %s, which Kubernetes does not let it become: let the policy change its limits, too"
                        .formatted(to.label(), now.label());
            case RuntimeAboveLimit(RuntimeSettings runtime, Bytes takes, Bytes limit) ->
                "%s, more than the memory limit of %s: lower the one or raise the other"
                        .formatted(RuntimeWords.takes(runtime, takes), limit.rounded());
            case HeapFollowsLimit(Bytes maxHeap, Bytes maxHeapAfter) ->
                "the JVM's largest heap is a part of the memory limit: %s now, %s after"
                        .formatted(maxHeap.rounded(), maxHeapAfter.rounded());
            case GoToLimits(Optional<Bytes> memoryLimit, Optional<Integer> maxProcs) ->
                Stream.concat(
                                memoryLimit
                                        .map(size ->
                                                "set GOMEMLIMIT to %s, nine tenths of the memory limit: Go then collects before it is killed"
                                                        .formatted(size.rounded()))
                                        .stream(),
                                maxProcs
                                        .map(count ->
                                                "set GOMAXPROCS to %d: the CPU limit feeds no more threads, and the others are throttled"
                                                        .formatted(count))
                                        .stream())
                        .collect(Collectors.joining("; "));
            case NodeJsToLimit(Bytes maxOldSpace) ->
                "set --max-old-space-size to %s, three quarters of the memory limit: Node.js then collects before it is killed"
                        .formatted(maxOldSpace.rounded());
            case StartUpBoost boost -> PodWords.explain(boost);
            case TwoGroups groups -> PodWords.explain(groups);
            case OutsideRange() -> "a request is outside its recommended range or absent";
            case NotStarted() -> "the pod has not started";
            case TooYoung(Duration age, Duration needed) ->
                "the pod is %s old and within its range, %s needed".formatted(span(age), span(needed));
            case DiffersLittle(double difference, double needed) ->
                "requests differ from targets by %s in sum, %s needed".formatted(percent(difference), percent(needed));
            case DiffersEnough(double difference, double needed) ->
                "requests differ from targets by %s in sum, at least %s"
                        .formatted(percent(difference), percent(needed));
        };
    }

    private static String requested(Optional<?> request) {
        return request.map(amount -> amount + " is requested").orElse("nothing is requested");
    }

    private static String word(Resource resource) {
        return switch (resource) {
            case CPU -> "CPU";
            case MEMORY -> "memory";
            case GPU -> "GPU";
        };
    }

    private static String word(RangeBound bound) {
        return switch (bound) {
            case CONTAINER_MIN -> "a container's request is at least";
            case CONTAINER_MAX -> "a container's limit is at most";
            case DEFAULT_LIMIT -> "the limit of a container that names none is";
            case POD_MIN -> "the requests of a pod are at least";
            case POD_MAX -> "the limits of a pod are at most";
        };
    }

    private static String amounts(Resources pod) {
        return amounts(new CpuAndMemory(Optional.of(pod.cpu()), Optional.of(pod.memory())))
                + (pod.gpu().isZero() ? "" : " and " + pod.gpu().gpus().toPlainString() + " GPUs");
    }

    private static String amounts(CpuAndMemory amounts) {
        return Stream.of(
                        amounts.cpu().map(amount -> amount + " CPU"),
                        amounts.memory().map(amount -> amount.rounded() + " memory"))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" and "));
    }

    static String counted(long count, String noun) {
        return "%d %s%s".formatted(count, noun, count == 1 ? "" : "s");
    }

    private static String number(double amount) {
        return String.format(Locale.ROOT, "%.4g", amount).replaceAll("\\.?0+$", "");
    }

    private static String percent(double share) {
        return number(share * 100) + "%";
    }

    static String span(Duration duration) {
        long hours = duration.toHours();
        if (duration.toMinutes() == 0) return duration.toSeconds() + " s";
        return hours > 0 ? "%d h %d min".formatted(hours, duration.toMinutesPart()) : duration.toMinutes() + " min";
    }
}
