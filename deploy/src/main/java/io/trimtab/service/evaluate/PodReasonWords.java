package io.trimtab.service.evaluate;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.RuntimeSettings;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.PodReason.AtBound;
import io.trimtab.recommend.PodReason.AtLimit;
import io.trimtab.recommend.PodReason.CpuDiffers;
import io.trimtab.recommend.PodReason.CpuSized;
import io.trimtab.recommend.PodReason.DiffersEnough;
import io.trimtab.recommend.PodReason.DiffersLittle;
import io.trimtab.recommend.PodReason.FewSamples;
import io.trimtab.recommend.PodReason.HeapDecides;
import io.trimtab.recommend.PodReason.HeapFollowsLimit;
import io.trimtab.recommend.PodReason.MemoryDiffers;
import io.trimtab.recommend.PodReason.MemorySized;
import io.trimtab.recommend.PodReason.NoSamples;
import io.trimtab.recommend.PodReason.NotStarted;
import io.trimtab.recommend.PodReason.OutsideRange;
import io.trimtab.recommend.PodReason.RaisedForRisk;
import io.trimtab.recommend.PodReason.RuntimeAboveLimit;
import io.trimtab.recommend.PodReason.ShortHistory;
import io.trimtab.recommend.PodReason.TooYoung;
import io.trimtab.recommend.PodReason.VpaWithRisk;
import io.trimtab.recommend.PodReason.WithinBand;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

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
            case CpuDiffers(MilliCores request, MilliCores target, double quantile) ->
                "the CPU request is %s, %s of samples need %s"
                        .formatted(request.value() == 0 ? "missing" : request, percent(quantile), target);
            case MemoryDiffers(Bytes request, Bytes target, double quantile) ->
                "the memory request is %s, %s of daily peaks need %s"
                        .formatted(
                                request.value() == 0 ? "missing" : request.rounded(),
                                percent(quantile),
                                target.rounded());
            case CpuSized(Optional<MilliCores> request, MilliCores target, double quantile) ->
                "%s of samples need %s CPU, %s".formatted(percent(quantile), target, requested(request));
            case MemorySized(Optional<Bytes> request, Bytes target, double quantile) ->
                "%s of peaks need %s memory, %s"
                        .formatted(percent(quantile), target.rounded(), requested(request.map(Bytes::rounded)));
            case VpaWithRisk(double accepted) ->
                "the stock VPA's numbers, with memory raised where the chance of a kill in a week would be above %s"
                        .formatted(percent(accepted));
            case RaisedForRisk(Bytes from, Bytes to, double accepted) ->
                "%s memory was raised to %s to keep the chance of a kill in a week at %s"
                        .formatted(from.rounded(), to.rounded(), percent(accepted));
            case HeapDecides(Bytes live, Bytes nonHeap, Bytes maxHeap, Bytes target) ->
                "the heap holds %s after collection and %s lies outside it: a maximum heap of %s in %s memory"
                        .formatted(live.rounded(), nonHeap.rounded(), maxHeap.rounded(), target.rounded());
            case AtBound(Resource resource) -> "%s is at the bound that was set".formatted(word(resource));
            case AtLimit(Resource resource) -> "%s is at its limit, which stays".formatted(word(resource));
            case RuntimeAboveLimit(RuntimeSettings runtime, Bytes takes, Bytes limit) ->
                "%s, more than the memory limit of %s: lower the one or raise the other"
                        .formatted(RuntimeWords.takes(runtime, takes), limit.rounded());
            case HeapFollowsLimit(Bytes maxHeap, Bytes maxHeapAfter) ->
                "the JVM's largest heap is a part of the memory limit: %s now, %s after"
                        .formatted(maxHeap.rounded(), maxHeapAfter.rounded());
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
        };
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.4g", share * 100).replaceAll("\\.?0+$", "") + "%";
    }

    private static String span(Duration duration) {
        long hours = duration.toHours();
        return hours > 0 ? "%d h %d min".formatted(hours, duration.toMinutesPart()) : duration.toMinutes() + " min";
    }
}
