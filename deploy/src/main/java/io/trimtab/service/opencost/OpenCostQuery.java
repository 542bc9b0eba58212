package io.trimtab.service.opencost;

import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.ledger.AccountFilter;
import io.trimtab.cost.ledger.AccountFilter.Field;
import io.trimtab.service.account.FilterParser;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked, checked.
 *
 * @param sets of the answer, in order
 * @param withIdle whether what is idle has an allocation of its own
 */
record OpenCostQuery(
        List<Span> sets, Aggregation aggregation, AccountFilter filter, boolean withIdle, Sharing sharing) {
    /** What the account has none of is the empty text, as an absent label is. */
    private static final FilterParser.Fields FIELDS = FilterParser.Fields.named(
            "cluster, node, namespace, controllerName, controllerKind, pod, label[NAME], team, owner, department,"
                    + " environment, product, container, provider, account, services or annotation[NAME]",
            (name, key) -> {
                if (!key.isEmpty())
                    return switch (name) {
                        case "label" -> Optional.of(new Field.Label(key));
                        case "annotation", "nodeLabel", "namespaceLabel" -> Optional.of(new Field.Fixed(""));
                        default -> Optional.empty();
                    };
                return switch (name) {
                    case "cluster" -> Optional.of(new Field.Fixed(Aggregation.CLUSTER));
                    case "team", "owner", "department" -> Optional.of(new Field.Label(name));
                    case "environment" -> Optional.of(new Field.Label("env"));
                    case "product" -> Optional.of(new Field.Label("app"));
                    case "container", "provider", "account", "services" -> Optional.of(new Field.Fixed(""));
                    default -> FilterParser.Fields.USUAL.of(name, key);
                };
            });

    /** Those of a node's filter. */
    private static final FilterParser.Fields ASSET_FIELDS = FilterParser.Fields.named(
            "name, type, assetType, category, cluster, service, provider, providerID, account or project",
            (name, _) -> switch (name) {
                case "name" -> Optional.of(new Field.Node());
                case "type", "assetType" -> Optional.of(new Field.Fixed("Node"));
                case "category" -> Optional.of(new Field.Fixed("Compute"));
                case "cluster" -> Optional.of(new Field.Fixed(Aggregation.CLUSTER));
                case "service" -> Optional.of(new Field.Fixed("Kubernetes"));
                case "provider", "providerID", "account", "project" -> Optional.of(new Field.Fixed(""));
                default -> Optional.empty();
            });

    OpenCostQuery {
        sets = List.copyOf(sets);
    }

    /** @throws IllegalArgumentException if a parameter does not parse; the message names it */
    static OpenCostQuery of(Map<String, String> parameters, Instant now) {
        String accumulate = parameters.getOrDefault("accumulateBy", parameters.getOrDefault("accumulate", ""));
        return new OpenCostQuery(
                Accumulation.sets(window(parameters, now), accumulate, parameters.getOrDefault("step", "")),
                Aggregation.parse(parameters.getOrDefault("aggregate", "")),
                filter(parameters, FIELDS),
                isTrue(parameters.getOrDefault("includeIdle", "")),
                new Sharing(
                        isTrue(parameters.getOrDefault("shareIdle", ""))
                                || parameters.getOrDefault("shareIdle", "").equals("weighted"),
                        isTrue(parameters.getOrDefault("idleByNode", "")),
                        Sharing.podsOf(
                                list(parameters.getOrDefault("shareNamespaces", "")),
                                list(parameters.getOrDefault("shareLabels", ""))),
                        amount(parameters.getOrDefault("shareCost", "0")),
                        parameters.getOrDefault("shareSplit", "").equals("even")));
    }

    static Span window(Map<String, String> parameters, Instant now) {
        try {
            return OpenCostWindows.parse(parameters.getOrDefault("window", ""), now);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Invalid 'window' parameter: " + e.getMessage(), e);
        }
    }

    static AccountFilter assetFilter(Map<String, String> parameters) {
        return filter(parameters, ASSET_FIELDS);
    }

    private static AccountFilter filter(Map<String, String> parameters, FilterParser.Fields fields) {
        try {
            return FilterParser.parse(parameters.getOrDefault("filter", ""), fields);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Invalid filter: " + e.getMessage(), e);
        }
    }

    /** As Go reads a truth. */
    static boolean isTrue(String text) {
        return List.of("1", "t", "T", "true", "True", "TRUE").contains(text);
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .toList();
    }

    private static BigDecimal amount(String text) {
        try {
            BigDecimal amount = new BigDecimal(text);
            if (amount.signum() >= 0 && amount.precision() <= 30 && Math.abs(amount.scale()) <= 12) return amount;
        } catch (NumberFormatException notOne) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "Invalid 'shareCost' parameter: %s must be an amount of money for a month, at least 0".formatted(text));
    }
}
