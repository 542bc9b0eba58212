package io.trimtab.service.loop;

import io.trimtab.ingest.Inventory;
import io.trimtab.ingest.UsageSource;
import io.trimtab.recommend.Actuator;
import io.trimtab.recommend.cycle.CycleSettings;
import io.trimtab.service.zero.ZeroLoop;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A cluster behind its ports, real or simulated.
 *
 * @param inventoryAddress where the inventory comes from, for people
 * @param usageAddress where the usage comes from, for people
 * @param speed seconds of its clock per second
 * @param zero what scale to zero works with; empty where nothing scales by triggers
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
        Optional<ZeroLoop.Parts> zero,
        Runnable onClose)
        implements AutoCloseable {
    @Override
    public void close() {
        onClose.run();
    }
}
