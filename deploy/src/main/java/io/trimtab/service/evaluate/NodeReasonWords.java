package io.trimtab.service.evaluate;

import io.trimtab.cost.units.Resources;
import io.trimtab.recommend.NodeReason;
import io.trimtab.recommend.NodeReason.Consolidated;
import io.trimtab.recommend.NodeReason.FilledRunning;
import io.trimtab.recommend.NodeReason.NoShapeFits;
import io.trimtab.recommend.NodeReason.NothingToRemove;
import io.trimtab.recommend.NodeReason.Obstacle;
import io.trimtab.recommend.NodeReason.Packed;
import io.trimtab.recommend.NodeReason.SearchCut;
import io.trimtab.recommend.NodeReason.ShapesExhausted;
import io.trimtab.recommend.NodeReason.SpotCheaper;
import io.trimtab.recommend.NodeReason.SpotDearer;
import io.trimtab.recommend.NodeReason.SpreadBlocks;
import java.math.BigDecimal;
import java.util.Locale;

/** One sentence for each reason of nodes and placements. */
public final class NodeReasonWords {
    private NodeReasonWords() {}

    public static String explain(NodeReason reason) {
        return switch (reason) {
            case NoShapeFits(String pod, Resources requested, Obstacle obstacle) ->
                "%s fits no node, however empty: %s".formatted(pod, explain(obstacle, requested));
            case ShapesExhausted(String pod, int copies) ->
                "%s of %s found no room: every shape that fits has reached its max and the running nodes are full"
                        .formatted(copies(copies), pod);
            case SpreadBlocks(String pod, int copies, int maxSkew) ->
                "%s of %s would make its zones differ by more than %d".formatted(copies(copies), pod, maxSkew);
            case Packed(int nodes, int bound, double gap) ->
                String.format(
                        Locale.ROOT,
                        "%d new nodes; no packing needs fewer than %d; %.1f %% above the bound",
                        nodes,
                        bound,
                        100 * gap);
            case FilledRunning(int pods) -> "%d pods found room on running nodes".formatted(pods);
            case SpotCheaper(String shape, BigDecimal spot, BigDecimal expected, BigDecimal onDemand) ->
                "%s as spot: %s an hour, %s with an hour lost at each reclaim, against %s on demand"
                        .formatted(shape, plain(spot), plain(expected), plain(onDemand));
            case SpotDearer(String shape, BigDecimal spot, BigDecimal expected, BigDecimal onDemand) ->
                "%s on demand: spot at %s an hour comes to %s with an hour lost at each reclaim, against %s"
                        .formatted(shape, plain(spot), plain(expected), plain(onDemand));
            case Consolidated(int removed, int added, int waves, BigDecimal saving, double cost, double disruption) ->
                String.format(
                        Locale.ROOT,
                        "%s removed in %s, %d added: %.2f a month less, %.1f %% of the cost for %.1f %% of the"
                                + " disruption of moving every pod",
                        PodReasonWords.counted(removed, "node"),
                        PodReasonWords.counted(waves, "wave"),
                        added,
                        saving,
                        100 * cost,
                        100 * disruption);
            case NothingToRemove(int nodes) -> "none of the %d nodes can go".formatted(nodes);
            case SearchCut(int tried, int planned) ->
                "the deadline ended the search after %d of %d ways to pack".formatted(tried, planned);
        };
    }

    private static String explain(Obstacle obstacle, Resources requested) {
        return switch (obstacle) {
            case NO_SHAPES -> "there is no shape to add";
            case CPU -> "no shape has %s of CPU after its daemons".formatted(requested.cpu());
            case MEMORY -> "no shape has %s of memory after its daemons".formatted(requested.memory());
            case GPU -> "no shape has %s GPU".formatted(requested.gpu());
            case GPU_MODEL -> "no shape has a GPU model that it accepts";
            case ZONE -> "it spreads over zones and the shapes that carry it name none";
            case COMBINATION ->
                "no single shape has %s of CPU, %s of memory and %s GPU of a model that it accepts"
                        .formatted(requested.cpu(), requested.memory(), requested.gpu());
        };
    }

    private static String copies(int copies) {
        return copies == 1 ? "1 copy" : copies + " copies";
    }

    private static String plain(BigDecimal amount) {
        return amount.stripTrailingZeros().toPlainString();
    }
}
