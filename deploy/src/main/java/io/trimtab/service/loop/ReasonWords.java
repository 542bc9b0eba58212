package io.trimtab.service.loop;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.recommend.NodeReason;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.Reason;
import io.trimtab.recommend.ReplicaReason;
import io.trimtab.service.evaluate.ReplicaReasonWords;
import io.trimtab.service.view.ReasonView;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** One sentence for each reason. */
final class ReasonWords {
    private ReasonWords() {}

    static List<ReasonView> of(List<? extends Reason> reasons) {
        return reasons.stream()
                .map(reason -> new ReasonView(reason.getClass().getSimpleName(), explain(reason)))
                .toList();
    }

    private static String explain(Reason reason) {
        return switch (reason) {
            case PodReason pod -> explain(pod);
            case ReplicaReason replica -> ReplicaReasonWords.explain(replica);
            case NodeReason node -> explain(node);
        };
    }

    private static String explain(PodReason reason) {
        return switch (reason) {
            case PodReason.NoSamples() -> "no usage has been seen yet";
            case PodReason.ShortHistory(Duration seen, Duration needed) ->
                "%d h of history, %d h are needed".formatted(seen.toHours(), needed.toHours());
            case PodReason.WithinBand(MilliCores cpu, MilliCores cpuTarget, Bytes memory, Bytes memoryTarget) ->
                "requests %s and %s are near enough to %s and %s"
                        .formatted(cpu, Amounts.of(memory), cpuTarget, Amounts.of(memoryTarget));
            case PodReason.CpuDiffers(MilliCores request, MilliCores target, double quantile) ->
                "%s of CPU with margin is %s, the request is %s"
                        .formatted(percentile(quantile), target, request.isZero() ? "not set" : request);
            case PodReason.MemoryDiffers(Bytes request, Bytes target, double quantile) ->
                "%s of daily memory peaks with margin is %s, the request is %s"
                        .formatted(
                                percentile(quantile),
                                Amounts.of(target),
                                request.isZero() ? "not set" : Amounts.of(request));
        };
    }

    private static String explain(NodeReason reason) {
        return switch (reason) {
            case NodeReason.NoShapeFits(String pod) -> "no node shape of this cluster fits %s".formatted(pod);
            case NodeReason.Packed(int nodes, int bound, double gap) ->
                String.format(
                        Locale.ROOT,
                        "%d nodes carry the pods, %d is the lower bound (gap %.0f %%)",
                        nodes,
                        bound,
                        gap * 100);
        };
    }

    private static String percentile(double quantile) {
        return "P" + Math.round(quantile * 100);
    }
}
