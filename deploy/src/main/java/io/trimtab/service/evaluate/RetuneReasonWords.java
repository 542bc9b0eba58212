package io.trimtab.service.evaluate;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.ResourceAmount;
import io.trimtab.recommend.RetuneReason;
import io.trimtab.recommend.RetuneReason.FollowsPods;
import io.trimtab.recommend.RetuneReason.LeftByPolicy;
import io.trimtab.recommend.RetuneReason.MinimumFollows;
import io.trimtab.recommend.RetuneReason.MinimumGoesBack;
import io.trimtab.recommend.RetuneReason.MinimumHolds;
import io.trimtab.recommend.RetuneReason.NoRoom;
import io.trimtab.recommend.RetuneReason.ReplicasStay;
import io.trimtab.recommend.RetuneReason.ReplicasWouldMove;
import io.trimtab.recommend.RetuneReason.SeveralTargets;
import io.trimtab.recommend.RetuneReason.StopsShort;
import io.trimtab.recommend.RetuneReason.WrittenByAnother;
import java.util.List;

/** One sentence for each reason of an autoscaler's targets. */
final class RetuneReasonWords {
    private RetuneReasonWords() {}

    static String explain(RetuneReason reason) {
        return switch (reason) {
            case ReplicasStay(
                    String autoscaler,
                    ResourceAmount fromRequest,
                    int fromPercent,
                    ResourceAmount toRequest,
                    int toPercent) ->
                "the target of HorizontalPodAutoscaler %s goes with it, %d%% of %s -> %d%% of %s, so that the replicas stay"
                        .formatted(autoscaler, fromPercent, words(fromRequest), toPercent, words(toRequest));
            case StopsShort(String autoscaler, ResourceAmount wanted, ResourceAmount reached, int percent) ->
                "the request stops at %s on its way to %s, since the target of %s goes no further than %d%%"
                        .formatted(words(reached), words(wanted), autoscaler, percent);
            case MinimumHolds(
                    String autoscaler,
                    ResourceAmount fromRequest,
                    int fromPercent,
                    ResourceAmount toRequest,
                    int toPercent,
                    int replicas) ->
                "the target of HorizontalPodAutoscaler %s goes no lower, %d%% of %s -> %d%% of %s; its minimum keeps the replicas at %d instead"
                        .formatted(autoscaler, fromPercent, words(fromRequest), toPercent, words(toRequest), replicas);
            case MinimumFollows(String autoscaler, int from, int to) ->
                "the minimum of %s keeps the replicas in place of a target that goes no lower: at this load these are %d, not %d"
                        .formatted(autoscaler, to, from);
            case MinimumGoesBack(String autoscaler, int from, int to) ->
                "the target of %s keeps the replicas by itself again, and its minimum goes back from %d to %d"
                        .formatted(autoscaler, from, to);
            case FollowsPods(String autoscaler, ResourceAmount setFor, ResourceAmount now) ->
                "the target of %s was set for requests of %s and the pods have %s: with it replicas would be missing"
                        .formatted(autoscaler, words(setFor), words(now));
            case LeftByPolicy(String autoscaler) ->
                "the policy leaves the target of %s as it is (replicas.hpa)".formatted(autoscaler);
            case WrittenByAnother(String autoscaler, String keeper) ->
                "the target of %s cannot move with it: %s would write it back".formatted(autoscaler, keeper);
            case SeveralTargets(List<String> autoscalers) ->
                "more than one target of %s counts it".formatted(String.join(" and ", autoscalers));
            case NoRoom(String autoscaler, ResourceAmount request, int percent, int least, int most) ->
                "the target of %s is %d%% of %s and may be %d%% to %d%%: the request could not move by enough to matter"
                        .formatted(autoscaler, percent, words(request), least, most);
            case ReplicasWouldMove(String autoscaler, int now, int then) ->
                "with whole percentages %s would want %d replicas in place of %d at this moment; a later round tries again"
                        .formatted(autoscaler, then, now);
        };
    }

    private static String words(ResourceAmount amount) {
        return switch (amount.resource()) {
            case CPU, GPU -> new MilliCores(amount.value()).toString();
            case MEMORY -> new Bytes(amount.value()).rounded().toString();
        };
    }
}
