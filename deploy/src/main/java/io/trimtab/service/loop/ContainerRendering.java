package io.trimtab.service.loop;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.Demand;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.service.evaluate.RuntimeWords;
import io.trimtab.service.view.WorkloadView.ContainerView;
import java.util.List;
import java.util.Optional;

/** Shows one container. */
final class ContainerRendering {
    private static final String NONE = "none";

    private ContainerRendering() {}

    static ContainerView of(Demand demand) {
        var mean = demand.cpuCoresNow().values().stream()
                .mapToDouble(Double::doubleValue)
                .average();
        return of(
                demand.container(),
                Amounts.cpu(mean.isPresent() ? Optional.of(milli(mean.getAsDouble())) : Optional.empty()),
                Amounts.cpu(demand.cpu().map(cpu -> milli(cpu.quantile(0.95)))),
                Amounts.memory(demand.memory().map(memory -> new Bytes((long) memory.quantile(0.95)))));
    }

    /** @param used the same container as the last round showed it */
    static ContainerView of(ContainerSpec spec, Optional<ContainerView> used) {
        return of(
                spec,
                used.map(ContainerView::cpuUsage).orElse(NONE),
                used.map(ContainerView::cpuP95).orElse(NONE),
                used.map(ContainerView::memoryP95).orElse(NONE));
    }

    private static ContainerView of(ContainerSpec spec, String cpuUsage, String cpuP95, String memoryP95) {
        return new ContainerView(
                spec.name(),
                spec.image(),
                Amounts.cpu(spec.requirements().cpuRequest()),
                Amounts.memory(spec.requirements().memoryRequest()),
                Amounts.cpu(spec.requirements().cpuLimit()),
                Amounts.memory(spec.requirements().memoryLimit()),
                cpuUsage,
                cpuP95,
                memoryP95,
                spec.runtime().map(RuntimeWords::name).orElse(""),
                spec.runtime()
                        .map(it -> RuntimeWords.says(it, spec.requirements().memoryLimit()))
                        .orElse(List.of()));
    }

    private static MilliCores milli(double cores) {
        return new MilliCores((long) Math.ceil(cores * 1000));
    }
}
