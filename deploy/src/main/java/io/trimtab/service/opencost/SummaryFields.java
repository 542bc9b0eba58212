package io.trimtab.service.opencost;

import io.trimtab.cost.allocation.AllocationRequest.Span;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A summary of an allocation field by field, in OpenCost's order; each is that of the allocation itself, and null where the account does not have it.
 *
 * @see "opencost/opencost, core/pkg/opencost/summaryallocation.go"
 */
final class SummaryFields {
    /** The last two are what some of its versions call and add. */
    private static final List<String> FIELDS = List.of(
            "name",
            "start",
            "end",
            "cpuCoreRequestAverage",
            "cpuCoreLimitAverage",
            "cpuCoreUsageAverage",
            "cpuCost",
            "cpuCostIdle",
            "gpuRequestAverage",
            "gpuUsageAverage",
            "gpuCost",
            "gpuCostIdle",
            "networkCost",
            "loadBalancerCost",
            "pvCost",
            "ramByteRequestAverage",
            "ramByteLimitAverage",
            "ramByteUsageAverage",
            "ramCost",
            "ramCostIdle",
            "sharedCost",
            "externalCost",
            "efficiency",
            "totalEfficiency",
            "totalCost");

    private SummaryFields() {}

    static Map<String, @Nullable Object> of(Part part) {
        Map<String, @Nullable Object> whole = AllocationFields.of(part, part.span());
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        FIELDS.forEach(field -> fields.put(field, whole.get(field.equals("efficiency") ? "totalEfficiency" : field)));
        return fields;
    }

    /** @param sets with their allocations, one for each span; OpenCost says the step in nanoseconds, as Go does */
    static Map<String, Object> range(List<Span> spans, List<Map<String, Object>> sets) {
        Duration step =
                Duration.between(spans.getFirst().start(), spans.getFirst().end());
        Map<String, Object> range = new LinkedHashMap<>();
        range.put("step", BigDecimal.valueOf(step.toSeconds()).movePointRight(9).toBigInteger());
        range.put("sets", sets);
        range.put(
                "window",
                AllocationFields.window(
                        new Span(spans.getFirst().start(), spans.getLast().end())));
        return range;
    }
}
