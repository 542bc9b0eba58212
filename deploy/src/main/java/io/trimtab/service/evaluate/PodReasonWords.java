package io.trimtab.service.evaluate;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.RuntimeSettings;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.PodReason.AtBound;
import io.trimtab.recommend.PodReason.AtLimit;
import io.trimtab.recommend.PodReason.AutoscalerStandsOnCpu;
import io.trimtab.recommend.PodReason.AutoscalerStandsOnMemory;
import io.trimtab.recommend.PodReason.CpuByRisk;
import io.trimtab.recommend.PodReason.CpuSized;
import io.trimtab.recommend.PodReason.DiffersEnough;
import io.trimtab.recommend.PodReason.DiffersLittle;
import io.trimtab.recommend.PodReason.FewSamples;
import io.trimtab.recommend.PodReason.HeapDecides;
import io.trimtab.recommend.PodReason.HeapFollowsLimit;
import io.trimtab.recommend.PodReason.LeakNotFed;
import io.trimtab.recommend.PodReason.MemoryByRisk;
import io.trimtab.recommend.PodReason.MemorySized;
import io.trimtab.recommend.PodReason.NoSamples;
import io.trimtab.recommend.PodReason.NotStarted;
import io.trimtab.recommend.PodReason.OutsideRange;
import io.trimtab.recommend.PodReason.RuntimeAboveLimit;
import io.trimtab.recommend.PodReason.ShortHistory;
import io.trimtab.recommend.PodReason.StockVpaAsks;
import io.trimtab.recommend.PodReason.TooYoung;
import io.trimtab.recommend.PodReason.WithinBand;
import java.time.Duration;
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
            case CpuByRisk(Optional<MilliCores> request, MilliCores target, double minutes, int days) ->
                "%s CPU keep the accepted risk (no more than %s minutes a day above it), by %s, %s"
                        .formatted(target, number(minutes), counted(days, "day"), requested(request));
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
                "the stock VPA asks for %s"
                        .formatted(Stream.of(
                                        cpu.map(amount -> amount + " CPU"),
                                        memory.map(amount -> amount.rounded() + " memory"))
                                .flatMap(Optional::stream)
                                .collect(Collectors.joining(" and ")));
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

    private static String counted(long count, String noun) {
        return "%d %s%s".formatted(count, noun, count == 1 ? "" : "s");
    }

    private static String number(double amount) {
        return String.format(Locale.ROOT, "%.4g", amount).replaceAll("\\.?0+$", "");
    }

    private static String percent(double share) {
        return number(share * 100) + "%";
    }

    private static String span(Duration duration) {
        long hours = duration.toHours();
        return hours > 0 ? "%d h %d min".formatted(hours, duration.toMinutesPart()) : duration.toMinutes() + " min";
    }
}
