package io.trimtab.service.evaluate;

import io.trimtab.recommend.NodeReason;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.Reason;
import io.trimtab.recommend.ReplicaReason;
import io.trimtab.recommend.ZeroReason;
import io.trimtab.service.view.ReasonView;
import java.util.List;

/** One sentence for each reason. */
public final class ReasonWords {
    private ReasonWords() {}

    public static List<ReasonView> of(List<? extends Reason> reasons) {
        return reasons.stream()
                .map(reason -> new ReasonView(reason.getClass().getSimpleName(), explain(reason)))
                .toList();
    }

    private static String explain(Reason reason) {
        return switch (reason) {
            case PodReason pod -> PodReasonWords.explain(pod);
            case ReplicaReason replica -> ReplicaReasonWords.explain(replica);
            case NodeReason node -> NodeReasonWords.explain(node);
            case ZeroReason zero -> ZeroReasonWords.explain(zero);
        };
    }
}
