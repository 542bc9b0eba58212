package io.trimtab.recommend.pods;

import io.trimtab.recommend.PodReason;
import java.util.List;

/**
 * Whether a live pod is to be changed, and how urgently.
 *
 * @param scaleUp whether any container wants more
 * @param outsideRange whether any request is outside its bounds or absent
 * @param resourceDifference sum over resources of |target - request| / request, each over all containers
 */
public record PodUpdate(
        boolean act, boolean scaleUp, boolean outsideRange, double resourceDifference, List<PodReason> reasons) {
    public PodUpdate {
        reasons = List.copyOf(reasons);
    }
}
