package io.trimtab.cost.account;

import io.trimtab.cost.allocation.AllocationRequest.Span;
import java.math.BigDecimal;
import java.util.Map;

/**
 * What a pod had and cost on one node within an hour.
 *
 * @param span from its start on that node to its end, within the hour
 * @param gpuHours physical device-hours charged
 * @param estimatedShare of its cost that rests on an estimate or on values carried over a gap, 0..1
 */
public record PodHour(
        Pod pod,
        String node,
        Span span,
        Amounts cpu,
        Amounts memory,
        BigDecimal gpuHours,
        ResourceCosts costs,
        BigDecimal estimatedShare,
        PriceOrigin origin) {
    public PodHour {
        gpuHours = Amounts.rounded(gpuHours);
        estimatedShare = Shares.checked(estimatedShare);
    }

    /**
     * Which pod.
     *
     * @param controllerKind of the workload at the top of its owners; empty for a bare pod, as is the name
     * @param uid empty where its source tells none
     */
    public record Pod(
            String namespace,
            String controllerKind,
            String controller,
            String name,
            String uid,
            Map<String, String> labels) {
        public Pod {
            labels = Map.copyOf(labels);
        }
    }
}
