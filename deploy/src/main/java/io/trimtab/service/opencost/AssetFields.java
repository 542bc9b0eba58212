package io.trimtab.service.opencost;

import io.trimtab.cost.account.NodeHour;
import io.trimtab.cost.account.ResourceCosts;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.ledger.Account.NodeRow;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node as one of OpenCost's assets, field by field. The account has no other assets.
 *
 * @see "opencost/opencost, core/pkg/opencost/asset_json.go"
 */
final class AssetFields {
    private static final BigDecimal NONE = BigDecimal.ZERO;
    private static final String UNDEFINED = "__undefined__";
    private static final int DIGITS = 6;

    private AssetFields() {}

    /** Provider, account, project, category, cluster, type, service, the provider's name and the node's. */
    static String key(NodeRow row) {
        return String.join(
                "/",
                List.of(
                        UNDEFINED,
                        UNDEFINED,
                        UNDEFINED,
                        "Compute",
                        Aggregation.CLUSTER,
                        "Node",
                        "Kubernetes",
                        row.node().name(),
                        row.node().name()));
    }

    static Map<String, @Nullable Object> of(NodeRow row, Span window) {
        NodeHour.Node node = row.node();
        NodeHour.Capacity offered = row.offered();
        BigDecimal millis = BigDecimal.valueOf(
                Duration.between(row.span().start(), row.span().end()).toMillis());
        BigDecimal hours = millis.divide(BigDecimal.valueOf(3_600_000), MathContext.DECIMAL64);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("type", "Node");
        fields.put("properties", properties(node.name()));
        fields.put("labels", labels(node));
        fields.put("window", AllocationFields.window(window));
        fields.put("start", AllocationFields.moment(row.span().start()));
        fields.put("end", AllocationFields.moment(row.span().end()));
        fields.put("minutes", millis.divide(BigDecimal.valueOf(60_000), DIGITS, RoundingMode.HALF_UP));
        fields.put("nodeType", node.instanceType());
        if (!node.pool().isEmpty()) fields.put("pool", node.pool());
        fields.put("cpuCores", AllocationFields.per(offered.coreHours(), hours));
        fields.put("ramBytes", AllocationFields.per(AllocationFields.bytes(offered.gibHours()), hours));
        fields.put("cpuCoreHours", offered.coreHours());
        fields.put("ramByteHours", AllocationFields.bytes(offered.gibHours()));
        fields.put("GPUHours", offered.gpuHours());
        fields.put("cpuBreakdown", breakdown(row.idle().cpu(), row.bill().cpu()));
        fields.put("ramBreakdown", breakdown(row.idle().memory(), row.bill().memory()));
        fields.put("preemptible", node.capacityType().equals("spot") ? 1 : 0);
        fields.put("discount", NONE);
        ResourceCosts bill = row.bill();
        fields.put("cpuCost", bill.cpu());
        fields.put("gpuCost", bill.gpu());
        fields.put("gpuCount", AllocationFields.per(offered.gpuHours(), hours));
        fields.put("ramCost", bill.memory());
        fields.put("adjustment", NONE);
        fields.put("totalCost", bill.total());
        return fields;
    }

    private static Map<String, String> properties(String node) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("category", "Compute");
        properties.put("service", "Kubernetes");
        properties.put("cluster", Aggregation.CLUSTER);
        properties.put("name", node);
        properties.put("providerID", node);
        return properties;
    }

    /** As OpenCost writes the labels that Kubernetes knows a node by. */
    private static Map<String, String> labels(NodeHour.Node node) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("label_node_kubernetes_io_instance_type", node.instanceType());
        labels.put("label_topology_kubernetes_io_region", node.region());
        labels.put("label_topology_kubernetes_io_zone", node.zone());
        return labels;
    }

    /** Of what it cost; what the system took is not told apart. */
    private static Map<String, BigDecimal> breakdown(BigDecimal idle, BigDecimal bill) {
        BigDecimal share = bill.signum() == 0 ? NONE : idle.divide(bill, DIGITS, RoundingMode.HALF_UP);
        Map<String, BigDecimal> breakdown = new LinkedHashMap<>();
        breakdown.put("idle", share);
        breakdown.put("other", NONE);
        breakdown.put("system", NONE);
        breakdown.put("user", bill.signum() == 0 ? NONE : BigDecimal.ONE.subtract(share));
        return breakdown;
    }
}
