package io.trimtab.service.loop;

import io.trimtab.actuate.kubernetes.PolicyStatusWriter;
import io.trimtab.ingest.Inventory;
import io.trimtab.ingest.RuntimeUsageSource;
import io.trimtab.ingest.UsageSource;
import io.trimtab.ingest.WorkloadStates;
import io.trimtab.ingest.model.MetricFinding;
import io.trimtab.recommend.Actuator;
import io.trimtab.recommend.cycle.CycleSettings;
import io.trimtab.service.state.Section;
import io.trimtab.service.zero.ZeroLoop;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A cluster behind its ports, real or simulated.
 *
 * @param inventoryAddress where the inventory comes from, for people
 * @param usageAddress where the usage comes from, for people
 * @param speed seconds of its clock per second
 * @param states shows workloads as they are now; empty where nothing is known but the last snapshot
 * @param zero what scale to zero works with; empty where nothing scales by triggers
 * @param policyStatuses where what became of its policies is written; empty where it has none
 * @param runtimeUsage reads what runtimes tell of themselves; empty where there is no store to ask
 * @param remembered what of it survives a restart
 * @param findings which metrics the usage comes from, and what it costs that there are no others
 * @param onWatch begins to list and watch it, without waiting
 */
public record Cluster(
        boolean simulated,
        String inventoryAddress,
        String usageAddress,
        double speed,
        InstantSource clock,
        Inventory inventory,
        UsageSource usage,
        Actuator actuator,
        CycleSettings settings,
        Optional<WorkloadStates> states,
        Optional<ZeroLoop.Parts> zero,
        Optional<PolicyStatusWriter> policyStatuses,
        Optional<RuntimeUsageSource> runtimeUsage,
        List<Section> remembered,
        Supplier<List<MetricFinding>> findings,
        Runnable onWatch,
        Runnable onClose)
        implements AutoCloseable {
    public Cluster {
        remembered = List.copyOf(remembered);
    }

    /** One where nothing scales by triggers, that has no policies and remembers nothing. */
    public Cluster(
            boolean simulated,
            String inventoryAddress,
            String usageAddress,
            double speed,
            InstantSource clock,
            Inventory inventory,
            UsageSource usage,
            Actuator actuator,
            CycleSettings settings,
            Runnable onClose) {
        this(
                simulated,
                inventoryAddress,
                usageAddress,
                speed,
                clock,
                inventory,
                usage,
                actuator,
                settings,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List::of,
                () -> {},
                onClose);
    }

    /** Once, before what is in it is asked for. */
    public void watch() {
        onWatch.run();
    }

    @Override
    public void close() {
        onClose.run();
    }
}
