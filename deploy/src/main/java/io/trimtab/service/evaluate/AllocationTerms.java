package io.trimtab.service.evaluate;

import io.trimtab.cost.allocation.AllocationRequest.ComponentRatio;
import io.trimtab.cost.allocation.AllocationRequest.Grouping;
import io.trimtab.cost.allocation.AllocationRequest.IdleSharing;
import io.trimtab.cost.allocation.AllocationRequest.Sharing;
import io.trimtab.cost.allocation.AllocationRequest.TrafficClass;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads how {@code allocate} is to price, group and share. */
final class AllocationTerms {
    private AllocationTerms() {}

    static Map<TrafficClass, BigDecimal> trafficPrices(JsonObject input) {
        Map<TrafficClass, BigDecimal> prices = new EnumMap<>(TrafficClass.class);
        input.object("networkPrices").ifPresent(object -> {
            object.optional("internet").ifPresent(value -> prices.put(TrafficClass.INTERNET, value.amount()));
            object.optional("zone").ifPresent(value -> prices.put(TrafficClass.ZONE, value.amount()));
            object.optional("region").ifPresent(value -> prices.put(TrafficClass.REGION, value.amount()));
            object.end();
        });
        return prices;
    }

    static ComponentRatio ratio(JsonObject input) {
        return input.object("componentRatio")
                .map(object -> {
                    ComponentRatio ratio = new ComponentRatio(
                            object.optional("cpu").map(JsonValue::amount).orElse(BigDecimal.ZERO),
                            object.optional("memoryGiB").map(JsonValue::amount).orElse(BigDecimal.ZERO),
                            object.optional("gpu").map(JsonValue::amount).orElse(BigDecimal.ZERO));
                    object.end();
                    return ratio;
                })
                .orElse(ComponentRatio.DEFAULT);
    }

    static List<Grouping> groupings(JsonObject input) {
        List<Grouping> groupings = new ArrayList<>();
        for (JsonValue value : input.list("aggregate")) {
            String text = value.text();
            groupings.add(
                    switch (text) {
                        case "namespace" -> new Grouping.ByNamespace();
                        case "controller" -> new Grouping.ByController();
                        case "node" -> new Grouping.ByNode();
                        case "pod" -> new Grouping.ByPod();
                        default -> {
                            if (!text.startsWith("label:") || text.length() == "label:".length()) {
                                throw value.wrong(
                                        "(%s) must be namespace, controller, node, pod or label:NAME".formatted(text));
                            }
                            yield new Grouping.ByLabel(text.substring("label:".length()));
                        }
                    });
        }
        return groupings.isEmpty() ? List.of(new Grouping.ByNamespace()) : groupings;
    }

    static IdleSharing idleSharing(JsonObject input) {
        return input.optional("shareIdle")
                .map(value -> {
                    if (value.node().isBoolean()) return value.bool() ? IdleSharing.CLUSTER : IdleSharing.APART;
                    if (value.node().isTextual() && value.text().equals("byNode")) return IdleSharing.NODE;
                    throw value.wrong("must be true, false or \"byNode\"");
                })
                .orElse(IdleSharing.APART);
    }

    static Sharing sharing(JsonObject input) {
        BigDecimal overhead =
                input.optional("overheadPerMonth").map(JsonValue::amount).orElse(BigDecimal.ZERO);
        Optional<JsonObject> share = input.object("share");
        Set<String> namespaces = new HashSet<>();
        boolean even = false;
        if (share.isPresent()) {
            share.get().list("namespaces").forEach(value -> namespaces.add(value.text()));
            Optional<JsonValue> split = share.get().optional("split");
            String text = split.map(JsonValue::text).orElse("weighted");
            if (!text.equals("weighted") && !text.equals("even")) {
                throw share.get().wrong("split", "(%s) must be weighted or even".formatted(text));
            }
            even = text.equals("even");
            share.get().end();
        }
        return new Sharing(namespaces, even, overhead);
    }
}
