package io.trimtab.recommend;

import io.trimtab.ingest.model.ResourceAmount;
import java.util.List;

/** Reasons for the targets of autoscalers that measure utilisation by requests, and for requests that stay because of them. Requests are those of one pod, or of the container that is measured. */
public sealed interface RetuneReason extends Reason {
    /** The target moves with the request, so the utilisation that adds or removes a replica is the same amount as before. */
    record ReplicasStay(
            String autoscaler, ResourceAmount fromRequest, int fromPercent, ResourceAmount toRequest, int toPercent)
            implements RetuneReason {}

    /**
     * The request stops where the target does.
     *
     * @param wanted without the autoscaler
     */
    record StopsShort(String autoscaler, ResourceAmount wanted, ResourceAmount reached, int percent)
            implements RetuneReason {}

    /**
     * The request goes further up than the target can go down, so the autoscaler alone would remove replicas; its minimum keeps them.
     *
     * @param fromRequest with {@code fromPercent}, what the target stands for
     * @param replicas that the minimum is set to
     */
    record MinimumHolds(
            String autoscaler,
            ResourceAmount fromRequest,
            int fromPercent,
            ResourceAmount toRequest,
            int toPercent,
            int replicas)
            implements RetuneReason {}

    /** A minimum that stands in for a target goes where that target would have the replicas at this load. */
    record MinimumFollows(String autoscaler, int from, int to) implements RetuneReason {}

    /** The target fits the requests by itself, so the minimum is its owner's again. */
    record MinimumGoesBack(String autoscaler, int from, int to) implements RetuneReason {}

    /** Pods run with other requests than the target was set for, as after a rollout; with this target as many are wanted as before. */
    record FollowsPods(String autoscaler, ResourceAmount setFor, ResourceAmount now) implements RetuneReason {}

    /** The policy says that targets stay, and with them the requests. */
    record LeftByPolicy(String autoscaler) implements RetuneReason {}

    /** Somebody else would write the target back. */
    record WrittenByAnother(String autoscaler, String keeper) implements RetuneReason {}

    /** More than one target counts the request. */
    record SeveralTargets(List<String> autoscalers) implements RetuneReason {
        public SeveralTargets {
            autoscalers = List.copyOf(autoscalers);
        }
    }

    /** Within these bounds of the target the request could not move by enough to matter. */
    record NoRoom(String autoscaler, ResourceAmount request, int percent, int leastPercent, int mostPercent)
            implements RetuneReason {}

    /** At this moment the autoscaler would take another count with the new pair, because it cuts percentages off; a later round tries again. */
    record ReplicasWouldMove(String autoscaler, int now, int then) implements RetuneReason {}
}
