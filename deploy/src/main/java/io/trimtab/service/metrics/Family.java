package io.trimtab.service.metrics;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The gauges of one name while they are put together; what is added under the same labels is summed. */
final class Family {
    static final Unit DOLLARS_PER_MONTH = new Unit("dollars_per_month");
    static final Unit CORES = new Unit("cores");

    private final GaugeSnapshot.Builder builder = GaugeSnapshot.builder();
    private final List<String> labelNames;
    private final Map<List<String>, Double> values = new LinkedHashMap<>();

    private Family(String name, String help, List<String> labelNames) {
        builder.name(name).help(help);
        this.labelNames = labelNames;
    }

    /** Of things that are counted. */
    static Family counts(String name, String help, String... labelNames) {
        return new Family(name, help, List.of(labelNames));
    }

    /** @param name ends in the unit */
    static Family of(Unit unit, String name, String help, String... labelNames) {
        Family family = counts(name, help, labelNames);
        family.builder.unit(unit);
        return family;
    }

    Family add(double value, String... labels) {
        if (labels.length != labelNames.size())
            throw new IllegalArgumentException("%d labels for the names %s".formatted(labels.length, labelNames));
        values.merge(List.of(labels), value, Double::sum);
        return this;
    }

    GaugeSnapshot snapshot() {
        values.forEach((labels, value) -> builder.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(Labels.of(labelNames, labels))
                .value(value)
                .build()));
        return builder.build();
    }
}
