package io.trimtab.recommend.plan;

import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.UtilizationTarget;
import io.trimtab.ingest.model.UtilizationTarget.Origin;
import io.trimtab.recommend.Recommendation.Retune.Minimum;
import io.trimtab.recommend.plan.Retuning.Pair;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What keeps the replicas where a request goes further up than its target can go down: the autoscaler's minimum. It goes where the target as its owner set it would have the replicas at this
 * moment's load, so they come and go with the load as before.
 *
 * @param most that the policy allows
 */
record HeldReplicas(HorizontalAutoscaler autoscaler, Samples samples, OptionalInt most) {
    /** A minimum that is less than this share too high stays, so that a load that wavers is not written after. */
    private static final double NEAR = 0.8;

    /** It comes down by such a part of it a round at most: it is above what the autoscaler asks for, so no stabilization window of the autoscaler would hold it. */
    private static final int PART_A_ROUND = 10;

    /** What a pod requests of what a target counts, with the percentage that it is measured by, and what they stand for. */
    record Standing(Origin origin, Pair pair) {
        boolean isBeyond() {
            return Retuning.isBeyond(origin, pair.request(), pair.percent());
        }
    }

    /**
     * As the targets that Trimtab has moved stand now.
     *
     * @param moved those that move in this round
     */
    Map<UtilizationTarget, Standing> standing(Map<UtilizationTarget, Standing> moved) {
        Map<UtilizationTarget, Standing> all = new HashMap<>(moved);
        for (UtilizationTarget target : autoscaler.targets()) {
            if (target.origin().isEmpty()) continue;
            samples.requestedNow(target)
                    .ifPresent(now -> all.putIfAbsent(
                            target, new Standing(target.origin().get(), new Pair(Math.round(now), target.percent()))));
        }
        return all;
    }

    /** @return empty where the minimum is its owner's and stays so */
    Optional<Minimum> minimum(Map<UtilizationTarget, Standing> targets) {
        int now = autoscaler.minReplicas();
        int own = autoscaler.ownMinimum();
        OptionalInt needed = targets.entrySet().stream()
                .filter(target -> target.getValue().isBeyond())
                .mapToInt(target -> replicas(target.getKey(), target.getValue().origin()))
                .max();
        if (needed.isEmpty())
            return autoscaler.ownMinReplicas().isPresent()
                    ? Optional.of(new Minimum(now, own, own, false))
                    : Optional.empty();
        int bound = Math.min(autoscaler.maxReplicas(), most.orElse(Integer.MAX_VALUE));
        int wanted = Math.max(own, Math.min(needed.getAsInt(), bound));
        return Optional.of(new Minimum(now, slowly(now, wanted), own, true));
    }

    private static int slowly(int now, int wanted) {
        if (wanted >= now) return wanted;
        return wanted > NEAR * now ? now : Math.max(wanted, now - Math.max(1, now / PART_A_ROUND));
    }

    /** How many its owner's target would want. */
    private int replicas(UtilizationTarget target, Origin origin) {
        return samples.replicas(
                autoscaler.withMinimum(autoscaler.ownMinimum()),
                target,
                origin.request().value(),
                origin.percent());
    }
}
