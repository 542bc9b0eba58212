package io.trimtab.service.loop;

import io.trimtab.recommend.NodeReason;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.Reason;
import io.trimtab.recommend.ReplicaReason;
import io.trimtab.service.evaluate.PodReasonWords;
import io.trimtab.service.evaluate.ReplicaReasonWords;
import io.trimtab.service.view.ReasonView;
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
            case PodReason pod -> PodReasonWords.explain(pod);
            case ReplicaReason replica -> ReplicaReasonWords.explain(replica);
            case NodeReason node -> explain(node);
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
}
