package io.trimtab.service.opencost;

import io.trimtab.cost.account.Amounts;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An allocation field by field, in OpenCost's order. Costs have all their digits, where OpenCost rounds to five; what the account does not have is 0, as there.
 *
 * @see "opencost/opencost, core/pkg/opencost/allocation_json.go"
 */
final class AllocationFields {
    private static final BigDecimal NONE = BigDecimal.ZERO;
    private static final BigDecimal BYTES_PER_GIB = BigDecimal.valueOf(1L << 30);
    private static final BigDecimal MINUTES_PER_HOUR = BigDecimal.valueOf(60);

    /** Of averages and shares. */
    private static final int DIGITS = 6;

    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    private AllocationFields() {}

    static Map<String, @Nullable Object> of(Part part, Span set) {
        AllocationFields all = new AllocationFields();
        BigDecimal minutes = BigDecimal.valueOf(
                        Duration.between(part.span().start(), part.span().end()).toMillis())
                .divide(BigDecimal.valueOf(60_000), DIGITS, RoundingMode.HALF_UP);
        BigDecimal hours = minutes.divide(MINUTES_PER_HOUR, MathContext.DECIMAL64);
        all.put("name", part.name());
        all.put("properties", part.named().properties());
        all.put("window", window(set));
        all.put("start", moment(part.span().start()));
        all.put("end", moment(part.span().end()));
        all.put("minutes", minutes);
        all.cpu(part, hours);
        all.gpu(part, hours);
        all.others();
        all.memory(part, hours);
        all.put("externalCost", NONE);
        all.put("sharedCost", part.shared());
        all.put("totalCost", part.total());
        all.put("totalEfficiency", efficiency(part));
        all.put("rawAllocationOnly", null);
        all.put("lbAllocations", null);
        all.put("gpuAllocation", null);
        return all.fields;
    }

    /** In whole seconds, as Go writes RFC 3339. */
    static String moment(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static Map<String, String> window(Span set) {
        Map<String, String> window = new LinkedHashMap<>();
        window.put("start", moment(set.start()));
        window.put("end", moment(set.end()));
        return window;
    }

    private void cpu(Part part, BigDecimal hours) {
        put("cpuCores", per(part.cpu().charged(), hours));
        put("cpuCoreRequestAverage", per(part.cpu().requested(), hours));
        put("cpuCoreLimitAverage", NONE);
        put("cpuCoreUsageAverage", per(part.cpu().used(), hours));
        put("cpuCoreHours", part.cpu().charged());
        put("cpuCost", part.costs().cpu().add(part.idle().cpu()));
        put("cpuCostAdjustment", NONE);
        put("cpuCostIdle", part.idle().cpu());
        put("cpuEfficiency", efficiency(part.cpu()));
    }

    private void gpu(Part part, BigDecimal hours) {
        put("gpuCount", per(part.gpuHours(), hours));
        put("gpuHours", part.gpuHours());
        put("gpuCost", part.costs().gpu().add(part.idle().gpu()));
        put("gpuCostAdjustment", NONE);
        put("gpuCostIdle", part.idle().gpu());
        put("gpuEfficiency", NONE);
    }

    private void others() {
        for (String field : new String[] {
            "networkTransferBytes",
            "networkReceiveBytes",
            "networkCost",
            "networkCrossZoneCost",
            "networkCrossRegionCost",
            "networkInternetCost",
            "networkCostAdjustment",
            "loadBalancerCost",
            "loadBalancerCostAdjustment",
            "pvBytes",
            "pvByteHours",
            "pvCost"
        }) put(field, NONE);
        put("pvs", null);
        put("pvCostAdjustment", NONE);
    }

    private void memory(Part part, BigDecimal hours) {
        put("ramBytes", per(bytes(part.memory().charged()), hours));
        put("ramByteRequestAverage", per(bytes(part.memory().requested()), hours));
        put("ramByteLimitAverage", NONE);
        put("ramByteUsageAverage", per(bytes(part.memory().used()), hours));
        put("ramByteHours", bytes(part.memory().charged()));
        put("ramCost", part.costs().memory().add(part.idle().memory()));
        put("ramCostAdjustment", NONE);
        put("ramCostIdle", part.idle().memory());
        put("ramEfficiency", efficiency(part.memory()));
    }

    static BigDecimal bytes(BigDecimal gib) {
        return gib.multiply(BYTES_PER_GIB).setScale(DIGITS, RoundingMode.HALF_UP);
    }

    static BigDecimal per(BigDecimal amount, BigDecimal hours) {
        return hours.signum() == 0 ? NONE : amount.divide(hours, DIGITS, RoundingMode.HALF_UP);
    }

    /** As OpenCost has it: of what was requested, and 1 for who requests nothing and uses something. */
    private static BigDecimal efficiency(Amounts amounts) {
        if (amounts.used().signum() == 0) return NONE;
        if (amounts.requested().signum() == 0) return BigDecimal.ONE;
        return amounts.used().divide(amounts.requested(), DIGITS, RoundingMode.HALF_UP);
    }

    /** Both, weighted by their costs. */
    private static BigDecimal efficiency(Part part) {
        BigDecimal cpu = part.costs().cpu();
        BigDecimal memory = part.costs().memory();
        BigDecimal weights = cpu.add(memory);
        if (weights.signum() == 0) return NONE;
        return cpu.multiply(efficiency(part.cpu()))
                .add(memory.multiply(efficiency(part.memory())))
                .divide(weights, DIGITS, RoundingMode.HALF_UP);
    }

    private void put(String field, @Nullable Object value) {
        fields.put(field, value);
    }
}
