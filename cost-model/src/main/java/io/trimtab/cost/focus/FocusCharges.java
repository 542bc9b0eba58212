package io.trimtab.cost.focus;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Charges in the columns of FOCUS 1.2, as SQL over the ledger's rows: one for each pod, resource and period, and what is idle on a node likewise, so that they sum to the
 * bill. Where and of what kind a node is, is what it last was in that period: another machine may have its name in the next.
 *
 * @see "FinOps Open Cost and Usage Specification 1.2, Cost and Usage dataset"
 */
public final class FocusCharges {
    /** The account is in one currency, and has no names of clusters, invoices and issuers. */
    private static final String CURRENCY = "'USD'";

    private static final String CLUSTER = "'cluster-one'";
    private static final String PROVIDER = "'Trimtab'";
    private static final String IDLE = "'__idle__'";
    private static final String NONE = "NULL::VARCHAR";
    private static final String COST = "part.cost";

    /** At least the least: what costs something was there. */
    private static final String QUANTITY = "greatest(part.quantity, 0.000001)";

    /** What one unit cost in the period. */
    private static final String UNIT_PRICE = "(part.cost::DOUBLE / " + QUANTITY + "::DOUBLE)::DECIMAL(30, 15)";

    private FocusCharges() {}

    /** How long a charge is for. */
    public enum Period {
        HOUR,
        DAY;

        private String unit() {
            return this == HOUR ? "hour" : "day";
        }
    }

    /**
     * @param pods a table with the columns of the ledger's pods
     * @param nodes a table with those of its nodes
     * @param from and {@code to}: full hours, between which rows count
     */
    public static String sql(String pods, String nodes, Instant from, Instant to, Period period) {
        String window = "hour >= TIMESTAMPTZ '%s' AND hour < TIMESTAMPTZ '%s'".formatted(from, to);
        return """
            WITH places AS (
              SELECT %4$s AS start, node, arg_max(region, start_time) AS region, arg_max(zone, start_time) AS zone,
                arg_max(capacity_type, start_time) AS capacity_type, arg_max(instance_type, start_time) AS instance_type
              FROM %2$s WHERE %3$s GROUP BY ALL),
            charges AS (
              SELECT start, namespace, pod AS name, coalesce(nullif(uid, ''), namespace || '/' || pod) AS id, 'Pod' AS type, node, labels, %5$s AS part
              FROM (SELECT %4$s AS start, namespace, pod, uid, node, labels, %6$s FROM %1$s WHERE %3$s GROUP BY ALL)
              UNION ALL
              SELECT start, %8$s, node, node, 'Node', node, MAP {}::MAP(VARCHAR, VARCHAR), %5$s
              FROM (SELECT %4$s AS start, node, %7$s FROM %2$s WHERE %3$s GROUP BY ALL))
            SELECT %9$s
            FROM charges LEFT JOIN places USING (start, node) WHERE part.cost > 0\
            """.formatted(
                        pods,
                        nodes,
                        window,
                        // Of a period that the window cuts, only that part is charged for.
                        "greatest(date_trunc('%s', hour), TIMESTAMPTZ '%s')".formatted(period.unit(), from),
                        PARTS,
                        SUMS_OF_PODS,
                        SUMS_OF_IDLE,
                        IDLE,
                        columns(period, to));
    }

    private static final String PARTS = """
        unnest([{'meter': 'CPU', 'unit': 'vCPU-Hours', 'quantity': cpu_hours, 'cost': cpu},
          {'meter': 'Memory', 'unit': 'GiB-Hours', 'quantity': memory_hours, 'cost': memory},
          {'meter': 'GPU', 'unit': 'GPU-Hours', 'quantity': gpu_hours, 'cost': gpu}])\
        """;

    private static final String SUMS_OF_PODS = """
        sum(cpu_core_hours_charged) AS cpu_hours, sum(cpu_cost) AS cpu,
        sum(memory_gib_hours_charged) AS memory_hours, sum(memory_cost) AS memory,
        sum(gpu_hours_charged) AS gpu_hours, sum(gpu_cost) AS gpu\
        """;

    /** Of the hours that a node offers as much is idle as of its bill. */
    private static final String SUMS_OF_IDLE =
            idle("cpu", "cpu_core_hours") + ", " + idle("memory", "memory_gib_hours") + ", " + idle("gpu", "gpu_hours");

    private static String idle(String resource, String hours) {
        return ("sum(CASE WHEN %1$s_cost = 0 THEN 0 ELSE (%2$s::DOUBLE * idle_%1$s_cost::DOUBLE / %1$s_cost::DOUBLE)"
                        + "::DECIMAL(18, 6) END) AS %1$s_hours, sum(idle_%1$s_cost) AS %1$s")
                .formatted(resource, hours);
    }

    private static String columns(Period period, Instant to) {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("AvailabilityZone", "nullif(zone, '')");
        columns.put("BilledCost", COST);
        columns.put("BillingAccountId", CLUSTER);
        columns.put("BillingAccountName", CLUSTER);
        columns.put("BillingAccountType", "'Cluster'");
        columns.put("BillingCurrency", CURRENCY);
        columns.put("BillingPeriodEnd", moment("date_trunc('month', start) + INTERVAL 1 MONTH"));
        columns.put("BillingPeriodStart", moment("date_trunc('month', start)"));
        columns.put("CapacityReservationId", NONE);
        columns.put("CapacityReservationStatus", NONE);
        columns.put("ChargeCategory", "'Usage'");
        columns.put("ChargeClass", NONE);
        columns.put(
                "ChargeDescription", "part.meter || CASE WHEN type = 'Node' THEN ' idle on ' ELSE ' of ' END || name");
        columns.put("ChargeFrequency", "'Usage-Based'");
        columns.put(
                "ChargePeriodEnd",
                moment("least(date_trunc('%1$s', start) + INTERVAL 1 %1$s, TIMESTAMPTZ '%2$s')"
                        .formatted(period.unit(), to)));
        columns.put("ChargePeriodStart", moment("start"));
        columns.put("CommitmentDiscountCategory", NONE);
        columns.put("CommitmentDiscountId", NONE);
        columns.put("CommitmentDiscountName", NONE);
        columns.put("CommitmentDiscountQuantity", "NULL::DECIMAL(18, 6)");
        columns.put("CommitmentDiscountStatus", NONE);
        columns.put("CommitmentDiscountType", NONE);
        columns.put("CommitmentDiscountUnit", NONE);
        columns.put("ConsumedQuantity", QUANTITY);
        columns.put("ConsumedUnit", "part.unit");
        columns.put("ContractedCost", COST);
        columns.put("ContractedUnitPrice", UNIT_PRICE);
        columns.put("EffectiveCost", COST);
        columns.put("InvoiceId", NONE);
        columns.put("InvoiceIssuerName", PROVIDER);
        columns.put("ListCost", COST);
        columns.put("ListUnitPrice", UNIT_PRICE);
        columns.put("PricingCategory", "CASE WHEN capacity_type = 'spot' THEN 'Dynamic' ELSE 'Standard' END");
        columns.put("PricingCurrency", CURRENCY);
        columns.put("PricingCurrencyContractedUnitPrice", UNIT_PRICE);
        columns.put("PricingCurrencyEffectiveCost", COST);
        columns.put("PricingCurrencyListUnitPrice", UNIT_PRICE);
        columns.put("PricingQuantity", QUANTITY);
        columns.put("PricingUnit", "part.unit");
        columns.put("ProviderName", PROVIDER);
        columns.put("PublisherName", PROVIDER);
        columns.put("RegionId", "nullif(region, '')");
        columns.put("RegionName", "nullif(region, '')");
        columns.put("ResourceId", "id");
        columns.put("ResourceName", "name");
        columns.put("ResourceType", "type");
        columns.put("ServiceCategory", "'Compute'");
        columns.put("ServiceName", "'Kubernetes'");
        columns.put("ServiceSubcategory", "'Containers'");
        columns.put("SkuId", "concat_ws('/', instance_type, part.meter)");
        columns.put("SkuMeter", "part.meter");
        columns.put("SkuPriceDetails", "json_object('InstanceType', instance_type)::VARCHAR");
        columns.put("SkuPriceId", "concat_ws('/', instance_type, part.meter, capacity_type, region)");
        columns.put("SubAccountId", "namespace");
        columns.put("SubAccountName", "namespace");
        columns.put("SubAccountType", "'Namespace'");
        columns.put("Tags", "to_json(labels)::VARCHAR");
        return columns.entrySet().stream()
                .map(column -> column.getValue() + " AS " + column.getKey())
                .collect(Collectors.joining(",\n"));
    }

    private static String moment(String timestamp) {
        return "strftime(%s, '%%Y-%%m-%%dT%%H:%%M:%%SZ')".formatted(timestamp);
    }
}
