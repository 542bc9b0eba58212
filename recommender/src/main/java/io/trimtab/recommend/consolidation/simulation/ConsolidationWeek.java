package io.trimtab.recommend.consolidation.simulation;

import io.trimtab.recommend.consolidation.ClusterNode;
import io.trimtab.recommend.consolidation.ConsolidationPlan;
import io.trimtab.recommend.consolidation.ConsolidationPlan.Move;
import io.trimtab.recommend.consolidation.ConsolidationPlan.Removal;
import io.trimtab.recommend.consolidation.ConsolidationProblem;
import io.trimtab.recommend.consolidation.ConsolidationProblem.Policy;
import io.trimtab.recommend.consolidation.ConsolidationProblem.Terms;
import io.trimtab.recommend.consolidation.Consolidator;
import io.trimtab.recommend.consolidation.NodePod;
import io.trimtab.recommend.nodes.NodeShape;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A week of services whose replicas rise and fall with the day. Each half hour pods come and go: new ones to the node with the most room, or to a new node where none has
 * room; each hour someone consolidates. Without that, nodes stay for ever.
 */
public final class ConsolidationWeek {
    /** Who consolidates. */
    public enum Who {
        NOBODY,
        TRIMTAB,
        REPACK
    }

    /**
     * What came of it.
     *
     * @param cost USD of the week
     * @param swaps nodes of a shape added in a plan that removes some of it
     * @param movedTwice pods that were moved a second time within an hour
     * @param overspent waves that took more pods of a disruption budget than it allows
     */
    public record Outcome(double cost, int evictions, int swaps, int movedTwice, int overspent, List<String> faults) {}

    private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");
    private static final Duration STEP = Duration.ofMinutes(30);
    private static final int STEPS = 7 * 48;
    private static final double HOURS_PER_STEP = 0.5;
    private static final int STEPS_PER_DAY = 48;
    private static final int SERVICES_PER_NODE = 4;

    private final Who who;
    private final Random random;
    private final List<NodeShape> shapes = Machines.all();
    private final Fleet fleet;
    private final List<Service> services = new ArrayList<>();
    private final Map<String, Instant> moved = new HashMap<>();
    private double cost;
    private int evictions;
    private int swaps;
    private int movedTwice;
    private int overspent;
    private final List<String> faults = new ArrayList<>();

    private ConsolidationWeek(Who who, long seed, int serviceCount) {
        this.who = who;
        random = new Random(seed);
        fleet = new Fleet(shapes, serviceCount / SERVICES_PER_NODE);
        for (int i = 0; i < serviceCount; i++) services.add(Service.of(i, random));
    }

    public static Outcome run(Who who, long seed, int services) {
        var week = new ConsolidationWeek(who, seed, services);
        for (int step = 0; step < STEPS; step++) week.step(step);
        return new Outcome(week.cost, week.evictions, week.swaps, week.movedTwice, week.overspent, week.faults);
    }

    private void step(int step) {
        Instant now = START.plus(STEP.multipliedBy(step));
        for (Service service : services) fleet.scale(service, wanted(service, step), now);
        if (step % 2 == 1)
            switch (who) {
                case NOBODY -> {}
                case TRIMTAB -> consolidate(now);
                case REPACK -> evictions += fleet.repack();
            }
        cost += fleet.pricePerHour() * HOURS_PER_STEP;
    }

    /** Between 40 and 100 % of its replicas, most in the afternoon, with a phase of its own. */
    private static int wanted(Service service, int step) {
        int phase = Math.floorMod(service.name().hashCode(), 12) - 6;
        double wave = 0.7 - 0.3 * Math.cos(2 * Math.PI * (step - 4 + phase) / STEPS_PER_DAY);
        return Math.max(1, (int) Math.round(wave * service.replicas()));
    }

    private void consolidate(Instant now) {
        Map<String, Integer> allowed = new HashMap<>();
        services.stream()
                .filter(service -> service.allowed() >= 0)
                .forEach(service -> allowed.put(service.name(), service.allowed()));
        List<ClusterNode> nodes = fleet.nodes(now);
        var problem = new ConsolidationProblem(now, Terms.of(Policy.TRIMTAB), nodes, allowed, shapes);
        ConsolidationPlan plan = Consolidator.plan(problem);
        faults.addAll(PlanCheck.faults(problem, plan));
        swaps += PlanCheck.swaps(problem, plan).size();
        overspent += overspent(plan, nodes, allowed);
        for (Removal removal : plan.remove()) {
            for (Move move : removal.moves()) {
                Instant before = moved.put(move.pod(), now);
                if (before != null && Duration.between(before, now).compareTo(Duration.ofHours(1)) < 0) movedTwice++;
                evictions++;
            }
        }
        fleet.apply(plan, now);
    }

    private static int overspent(ConsolidationPlan plan, List<ClusterNode> nodes, Map<String, Integer> allowed) {
        Map<String, Integer> spent = new HashMap<>();
        Map<String, ClusterNode> byName = new HashMap<>();
        nodes.forEach(node -> byName.put(node.name(), node));
        for (Removal removal : plan.remove()) {
            for (NodePod pod : Optional.ofNullable(byName.get(removal.node()))
                    .orElseThrow()
                    .pods())
                pod.budget()
                        .filter(budget -> !pod.daemon())
                        .ifPresent(budget -> spent.merge(budget + " " + removal.wave(), 1, Integer::sum));
        }
        return (int) spent.entrySet().stream()
                .filter(entry ->
                        entry.getValue() > allowed.getOrDefault(entry.getKey().split(" ", 2)[0], 0))
                .count();
    }
}
