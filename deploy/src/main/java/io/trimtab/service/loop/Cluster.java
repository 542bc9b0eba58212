package io.trimtab.service.loop;

import io.trimtab.ingest.Inventory;
import io.trimtab.ingest.UsageSource;
import io.trimtab.recommend.Actuator;
import io.trimtab.recommend.cycle.CycleSettings;
import java.time.InstantSource;

/**
 * A cluster behind its ports, real or simulated.
 *
 * @param inventoryAddress where the inventory comes from, for people
 * @param usageAddress where the usage comes from, for people
 * @param speed seconds of its clock per second
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
        Runnable onClose)
        implements AutoCloseable {
    @Override
    public void close() {
        onClose.run();
    }
}
