package io.trimtab.service.differential;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Draws autoscalers of every form. Windows and periods are a few seconds, so that decisions leave and enter them. */
final class HpaDraws {
    private static final long MI = 1L << 20;
    private static final String[] TOLERANCES = {"0", "0.05", "100m", "0.2", "250m"};

    private final Random random;

    HpaDraws(Random random) {
        this.random = random;
    }

    PodUsage.Requests requests() {
        Map<String, Long> cpuMilli =
                new TreeMap<>(Map.of(WantedMetric.CONTAINER, between(100, 400), "side", between(10, 90)));
        Map<String, Long> memory =
                new TreeMap<>(Map.of(WantedMetric.CONTAINER, between(100, 300) * MI, "side", between(16, 64) * MI));
        return new PodUsage.Requests(cpuMilli, memory);
    }

    /** The i-th has the i-th form first, and up to two more. */
    List<WantedMetric> metrics(int i) {
        WantedMetric.Form[] forms = WantedMetric.Form.values();
        List<WantedMetric> metrics = new ArrayList<>();
        metrics.add(metric(forms[i % forms.length], "m%d-0".formatted(i)));
        while (metrics.size() < 3 && random.nextInt(10) < 4) {
            WantedMetric.Form form = forms[random.nextInt(forms.length)];
            boolean twice = form == WantedMetric.Form.PODS
                    && metrics.stream().anyMatch(metric -> metric.form() == WantedMetric.Form.PODS);
            if (!twice) metrics.add(metric(form, "m%d-%d".formatted(i, metrics.size())));
        }
        return metrics;
    }

    private WantedMetric metric(WantedMetric.Form form, String name) {
        long target = switch (form) {
            case CPU_UTILIZATION, MEMORY_UTILIZATION, CONTAINER_CPU_UTILIZATION -> between(25, 95);
            case MEMORY_AVERAGE, CONTAINER_MEMORY_AVERAGE -> between(50, 300) * MI * 1000;
            case CPU_AVERAGE -> between(50, 500);
            case PODS, OBJECT_VALUE, OBJECT_AVERAGE, EXTERNAL_VALUE, EXTERNAL_AVERAGE -> between(500, 20_000);
        };
        return new WantedMetric(form, name, target);
    }

    /** Empty for the older rules. */
    Optional<ObjectNode> behavior() {
        if (random.nextInt(8) == 0) return Optional.empty();
        ObjectNode behavior = JsonNodeFactory.instance.objectNode();
        if (random.nextInt(4) > 0) behavior.set("scaleUp", rules(new int[] {0, 0, 2, 4, 7}));
        if (random.nextInt(12) > 0) behavior.set("scaleDown", rules(new int[] {0, 1, 3, 5, 8}));
        return Optional.of(behavior);
    }

    private ObjectNode rules(int[] windows) {
        ObjectNode rules = JsonNodeFactory.instance.objectNode();
        rules.put("stabilizationWindowSeconds", windows[random.nextInt(windows.length)]);
        if (random.nextInt(3) > 0) {
            int dice = random.nextInt(12);
            rules.put("selectPolicy", dice == 0 ? "Disabled" : dice < 6 ? "Min" : "Max");
            var policies = rules.putArray("policies");
            for (int i = random.nextInt(2); i >= 0; i--) {
                boolean pods = random.nextBoolean();
                policies.addObject()
                        .put("type", pods ? "Pods" : "Percent")
                        .put("value", pods ? between(1, 4) : between(10, 120))
                        .put("periodSeconds", between(2, 12));
            }
        }
        if (random.nextBoolean()) rules.put("tolerance", TOLERANCES[random.nextInt(TOLERANCES.length)]);
        return rules;
    }

    long between(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }
}
