package io.trimtab.recommend.replay;

import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.Inventory;
import io.trimtab.ingest.UsageSource;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageQuery;
import io.trimtab.recommend.Actuator;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.Recommendation;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A cluster that lives in simulated time behind the ports of a real one. Its demand depends on the seed alone, so that two policies can be compared over the same
 * history; everything else follows from the demand and from what is done. Not for use by several threads at once.
 */
public final class SimulatedCluster implements Inventory, UsageSource, Actuator {
    private final World world;
    private final Simulation simulation;
    private final UsageReader reader;
    private final Acts acts;

    /**
     * Stands at the spec's start, its nodes ready and its first pods placed.
     *
     * @throws IllegalArgumentException if {@code price} knows no price for a shape of the simulation
     */
    public SimulatedCluster(SimulatedClusterSpec spec, NodePrice price) {
        world = new World(spec, price);
        for (NodePool pool : world.pools) price.perHour(pool.shape().instanceType(), pool.capacityType());
        for (WorkloadPlan plan : new ClusterGenerator(spec, world.pools).plans())
            world.workloads.put(plan.id(), new SimulatedWorkload(plan));
        Resizer resizer = new Resizer(world);
        simulation = new Simulation(world, resizer);
        reader = new UsageReader(world);
        acts = new Acts(world, resizer);
    }

    /** Simulated time; it moves only by {@link #advanceTo}. */
    public InstantSource clock() {
        return () -> Instant.ofEpochSecond(world.second);
    }

    /**
     * Lets everything happen that happens up to and including a moment; fractions of a second are dropped.
     *
     * @throws IllegalArgumentException if the moment is in the simulated past
     */
    public void advanceTo(Instant moment) {
        if (moment.getEpochSecond() < world.second) {
            throw new IllegalArgumentException(
                    "moment (%s) must not be before the simulated now (%s)".formatted(moment, clock().instant()));
        }
        simulation.advanceTo(moment.getEpochSecond());
    }

    /** The cluster as it stands; {@code at} is simulated time even where {@code now} lies before it. */
    @Override
    public ClusterSnapshot snapshot(Instant now) throws IngestException {
        if (now.getEpochSecond() > world.second) {
            String message = "the simulated cluster stands at %s and was asked about %s: advance it first"
                    .formatted(clock().instant(), now);
            throw new IngestException(IngestException.Kind.REJECTED, message, null);
        }
        return Snapshots.of(world);
    }

    @Override
    public UsageBatch read(UsageQuery query) {
        return reader.read(query);
    }

    @Override
    public Outcome apply(Recommendation recommendation) {
        Outcome outcome = acts.apply(recommendation);
        simulation.settle();
        return outcome;
    }

    /** What the simulation came to, from its start up to now. */
    public SimulationReport report() {
        return world.counters.report(world);
    }

    /** For tests that look inside. */
    World world() {
        return world;
    }
}
