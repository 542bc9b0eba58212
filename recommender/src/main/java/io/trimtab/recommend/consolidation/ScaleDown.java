package io.trimtab.recommend.consolidation;

import io.trimtab.recommend.KeptReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the Cluster Autoscaler would remove with its defaults: empty nodes and nodes below the threshold whose pods fit elsewhere, one after the other; it adds nothing.
 *
 * @see "https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md#how-does-scale-down-work"
 */
final class ScaleDown {
    /** {@code --max-scale-down-parallelism} and {@code --max-drain-parallelism}. */
    private static final Limits LIMITS = new Limits(new Limits.AtOnce(10, 1, 10), Map.of());

    private ScaleDown() {}

    static Decision decide(Cluster cluster) {
        Map<Integer, KeptReason> held = Eligibility.held(cluster);
        Draft draft = new Draft(cluster, new FirstFit());
        List<Host> gone = new ArrayList<>();
        for (boolean empty : new boolean[] {true, false}) {
            for (Host host : cluster.hosts()) {
                if (host.isEmpty() != empty || held.containsKey(host.index()) || !draft.mayDrain(host)) continue;
                if (draft.tryDrain(host)) gone.add(host);
            }
        }
        return new Decision(draft, held, List.of(gone), LIMITS);
    }
}
