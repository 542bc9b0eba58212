package io.trimtab.service.evaluate;

import io.trimtab.recommend.KeptReason;
import io.trimtab.recommend.KeptReason.AboveThreshold;
import io.trimtab.recommend.KeptReason.BudgetTooSmall;
import io.trimtab.recommend.KeptReason.ControlPlane;
import io.trimtab.recommend.KeptReason.Hold;
import io.trimtab.recommend.KeptReason.JustMoved;
import io.trimtab.recommend.KeptReason.LowScore;
import io.trimtab.recommend.KeptReason.NoDisruptionNow;
import io.trimtab.recommend.KeptReason.NodeHeld;
import io.trimtab.recommend.KeptReason.NothingCheaper;
import io.trimtab.recommend.KeptReason.PodHeld;
import io.trimtab.recommend.KeptReason.PoolKeeps;
import io.trimtab.recommend.KeptReason.PoolRule;
import io.trimtab.recommend.KeptReason.RoomInPieces;
import io.trimtab.recommend.KeptReason.ShapeAdded;
import io.trimtab.recommend.KeptReason.SpotStays;
import io.trimtab.recommend.KeptReason.TakesPods;
import io.trimtab.recommend.KeptReason.TooLittleRoom;
import io.trimtab.recommend.KeptReason.TooRecent;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** One sentence for what keeps a node, and what would change it. */
public final class KeptReasonWords {
    private KeptReasonWords() {}

    public static String explain(KeptReason reason) {
        return switch (reason) {
            case NodeHeld(String annotation, int pods) ->
                "the node is marked %s, with %s to move; take the annotation off".formatted(annotation, pods(pods));
            case ControlPlane(int pods) ->
                "the control plane runs here, beside %s that could move; no plan removes it".formatted(pods(pods));
            case PodHeld(String pod, Hold hold, int pods) ->
                "%s %s (%s held here); %s".formatted(pod, why(hold), pods(pods), fix(hold));
            case BudgetTooSmall(String pdb, int allowed, int needed) ->
                "the disruption budget %s lets %d of its pods go at once, and %d are here; allow %d"
                        .formatted(pdb, allowed, needed, needed);
            case JustMoved(String pod, Duration age, Duration least) ->
                "%s was started %s ago and stays for %s; wait"
                        .formatted(pod, PodReasonWords.span(age), PodReasonWords.span(least));
            case TooRecent(Duration since, Duration needed) ->
                "it changed %s ago and must stay as it is for %s; wait"
                        .formatted(PodReasonWords.span(since), PodReasonWords.span(needed));
            case PoolKeeps(String pool, PoolRule rule, int pods) ->
                switch (rule) {
                    case FIXED_REPLICAS ->
                        "its NodePool %s keeps a fixed number of nodes, so another would come for it and its %s; lower its replicas"
                                .formatted(pool, pods(pods));
                    case NEVER ->
                        "its NodePool %s has consolidateAfter: Never, and %s would move; give it a duration"
                                .formatted(pool, pods(pods));
                    case ONLY_EMPTY ->
                        "its NodePool %s lets only empty nodes go, and %s would move; allow WhenEmptyOrUnderutilized"
                                .formatted(pool, pods(pods));
                    case UNKNOWN ->
                        "its NodePool %s is not known, so what it allows is not either; see whether it is there"
                                .formatted(pool);
                };
            case NoDisruptionNow(int allowed) ->
                "the budgets for nodes allow %d to go now; wait for a window, or allow more".formatted(allowed);
            case AboveThreshold(double utilization, double threshold) ->
                String.format(
                        Locale.ROOT,
                        "%.1f %% of it is requested, which is not below %.1f %%; raise the threshold",
                        100 * utilization,
                        100 * threshold);
            case TooLittleRoom(String resource, String needed, String free) ->
                "its pods ask for %s of %s and the other nodes have %s free; make requests smaller by the difference"
                        .formatted(needed, resource, free);
            case RoomInPieces(String pod, int pods) ->
                "%s of it, %s first, fit on no single node although there is room in sum; make %s smaller"
                        .formatted(pods(pods), pod, pod);
            case ShapeAdded(String shape, int added) ->
                "%d nodes of its shape %s are added, and none is swapped for its own kind".formatted(added, shape);
            case TakesPods(int pods) -> "it takes %s of nodes that go".formatted(pods(pods));
            case LowScore(double score, double least) ->
                String.format(
                        Locale.ROOT,
                        "its share of the cost is %.2f times its share of the disruption, which is below %.2f",
                        score,
                        least);
            case NothingCheaper(BigDecimal price, Optional<BigDecimal> cheapest) ->
                "it costs %s an hour and %s"
                        .formatted(
                                plain(price),
                                cheapest.map(other -> "the cheapest node for what has no room elsewhere costs "
                                                + plain(other))
                                        .orElse("no one shape carries what has no room elsewhere"));
            case SpotStays(int types, int needed) ->
                needed == 0
                        ? "it is spot, and spot is not replaced by spot (%d cheaper shapes); switch that on"
                                .formatted(types)
                        : "it is spot, and %d cheaper shapes are not the %d that a replacement by spot needs"
                                .formatted(types, needed);
        };
    }

    private static String why(Hold hold) {
        return switch (hold) {
            case DO_NOT_DISRUPT -> "is marked karpenter.sh/do-not-disrupt";
            case NOT_SAFE_TO_EVICT -> "is marked as not safe to evict";
            case LOCAL_STORAGE -> "keeps files on the node";
            case BARE -> "has no controller that would make it anew";
            case SYSTEM -> "is of kube-system and has no disruption budget";
            case CUSTOM_CONTROLLER -> "has a controller that the Cluster Autoscaler does not know";
            case OTHER_PODS ->
                "may only be where its required affinity, anti-affinity or spread over other pods allows";
            case HOST_PORT -> "takes a port of its node";
            case OTHER_RESOURCE -> "asks for a resource that is not counted on nodes";
        };
    }

    private static String fix(Hold hold) {
        return switch (hold) {
            case DO_NOT_DISRUPT, NOT_SAFE_TO_EVICT -> "take the annotation off";
            case LOCAL_STORAGE -> "mark it as safe to evict if the files may go";
            case BARE -> "give it a controller";
            case SYSTEM -> "give it a disruption budget";
            case CUSTOM_CONTROLLER -> "mark it as safe to evict";
            case OTHER_PODS -> "make the rule a preferred one";
            case HOST_PORT -> "reach it by a Service";
            case OTHER_RESOURCE -> "drain the node by hand where another one has that resource";
        };
    }

    private static String pods(int pods) {
        return pods == 1 ? "1 pod" : pods + " pods";
    }

    private static String plain(BigDecimal amount) {
        return amount.stripTrailingZeros().toPlainString();
    }
}
