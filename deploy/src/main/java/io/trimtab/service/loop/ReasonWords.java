package io.trimtab.service.loop;

import io.trimtab.recommend.NodeReason;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.Reason;
import io.trimtab.recommend.ReplicaReason;
import io.trimtab.service.evaluate.NodeReasonWords;
import io.trimtab.service.evaluate.PodReasonWords;
import io.trimtab.service.evaluate.ReplicaReasonWords;
import io.trimtab.service.view.ReasonView;
import java.util.List;

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
            case NodeReason node -> NodeReasonWords.explain(node);
        };
    }
}
