package io.trimtab.recommend.nodes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All nodes while they are being filled, and the copies that wait. */
final class Layout {
    /** The count of a zone that is no domain of a kind: never the least. */
    private static final int NO_DOMAIN = Integer.MAX_VALUE;

    private final Instance instance;
    private final List<PodKind> kinds;
    private final List<NodeState> nodes;
    private final int[] waiting;
    private final int[] added;
    private final int[][] perZone;
    private final Rest rest;
    private boolean levelled;

    private Layout(
            Instance instance,
            List<PodKind> kinds,
            List<NodeState> nodes,
            int[] waiting,
            int[] added,
            int[][] perZone) {
        this.instance = instance;
        this.kinds = kinds;
        rest = Rest.of(kinds, waiting);
        this.nodes = nodes;
        this.waiting = waiting;
        this.added = added;
        this.perZone = perZone;
    }

    /** The running nodes, and everything waiting. */
    static Layout start(Instance instance) {
        List<NodeState> nodes = new ArrayList<>();
        instance.running().forEach(node -> nodes.add(node.copy()));
        int[][] perZone = new int[instance.kinds().size()][0];
        for (PodKind kind : instance.kinds()) {
            if (kind.maxSkew() == 0) continue;
            int[] counts = new int[instance.zones()];
            for (NodeState node : nodes)
                if (node.machine().zone() >= 0) counts[node.machine().zone()] += node.copies(kind);
            for (int zone = 0; zone < counts.length; zone++)
                if (!isDomain(instance, kind, zone)) counts[zone] = NO_DOMAIN;
            perZone[kind.index()] = counts;
        }
        int[] waiting = instance.kinds().stream().mapToInt(PodKind::copies).toArray();
        return new Layout(
                instance,
                instance.kinds(),
                nodes,
                waiting,
                new int[instance.machines().size()],
                perZone);
    }

    /**
     * No node at all, and only some copies waiting.
     *
     * @param kinds of which copies wait, none of them counted by zone
     */
    static Layout part(Instance instance, List<PodKind> kinds, int[] waiting, int[] added) {
        return new Layout(instance, kinds, new ArrayList<>(), waiting, added, new int[0][]);
    }

    Instance instance() {
        return instance;
    }

    /** The kinds that this layout is for. */
    List<PodKind> kinds() {
        return kinds;
    }

    /** What waits, in sum. */
    Rest rest() {
        return rest;
    }

    List<NodeState> nodes() {
        return nodes;
    }

    int waiting(PodKind kind) {
        return waiting[kind.index()];
    }

    int placed(PodKind kind) {
        return kind.copies() - waiting[kind.index()];
    }

    /** Of each kind. */
    int[] placed() {
        return kinds.stream().mapToInt(this::placed).toArray();
    }

    boolean nothingWaits() {
        return rest.copies() == 0;
    }

    int[] addedByMachine() {
        return added.clone();
    }

    List<NodeState> addedNodes() {
        return nodes.subList(runningNodes(), nodes.size());
    }

    int runningNodes() {
        int running = 0;
        while (running < nodes.size() && nodes.get(running).name().isPresent()) running++;
        return running;
    }

    /** Whether a copy went where its spread over nodes allows it only because no node can be added. */
    boolean levelled() {
        return levelled;
    }

    boolean takes(NodeState node, PodKind kind) {
        return node.takes(kind) && zoneAllows(kind, node.machine(), 0);
    }

    boolean mayAdd(Machine machine) {
        return added[machine.index()] < machine.max();
    }

    boolean mayAddFor(Machine machine, PodKind kind) {
        return kind.fits()[machine.index()] && mayAdd(machine) && zoneAllows(kind, machine, 0);
    }

    /** @param extra copies that have gone to this zone and are not counted yet */
    boolean zoneAllows(PodKind kind, Machine machine, int extra) {
        if (kind.maxSkew() == 0) return true;
        int[] counts = perZone[kind.index()];
        int mine = counts[machine.zone()] + extra;
        int least = mine;
        for (int zone = 0; zone < counts.length; zone++)
            if (zone != machine.zone()) least = Math.min(least, counts[zone]);
        return mine + 1 - least <= kind.maxSkew();
    }

    /** Whether a node of the zone carries the kind, now or when added. */
    static boolean isDomain(Instance instance, PodKind kind, int zone) {
        return instance.machines().stream()
                .filter(machine -> machine.zone() == zone && kind.fits()[machine.index()])
                .anyMatch(machine -> machine.max() > 0
                        || instance.running().stream()
                                .anyMatch(node -> node.machine().index() == machine.index()));
    }

    NodeState add(Machine machine) {
        NodeState node = NodeState.empty(machine);
        adopt(node);
        return node;
    }

    private void adopt(NodeState node) {
        nodes.add(node);
        added[node.machine().index()]++;
    }

    void place(NodeState node, PodKind kind) {
        node.place(kind);
        waiting[kind.index()]--;
        rest.remove(kind);
        if (kind.maxSkew() > 0) perZone[kind.index()][node.machine().zone()]++;
    }

    /** Other added nodes, which carry the same copies. */
    void replaceAdded(List<NodeState> others) {
        nodes.subList(runningNodes(), nodes.size()).clear();
        Arrays.fill(added, 0);
        others.forEach(this::adopt);
    }

    /** Another node in the place of an added one; it carries the same copies. */
    void exchange(int index, NodeState other) {
        added[nodes.set(index, other).machine().index()]--;
        added[other.machine().index()]++;
    }

    /** Places copies of a kind that spreads over nodes where no node can be added for it any more, evenly. */
    void level(PodKind kind) {
        if (!kind.levels() || instance.machines().stream().anyMatch(machine -> mayAddFor(machine, kind))) return;
        List<NodeState> domains = nodes.stream()
                .filter(node -> kind.fits()[node.machine().index()])
                .toList();
        for (boolean placedOne = true; placedOne && waiting(kind) > 0; ) {
            placedOne = false;
            int least =
                    domains.stream().mapToInt(node -> node.copies(kind)).min().orElse(0);
            for (NodeState node : domains) {
                boolean even = node.copies(kind) + 1 - least <= kind.perNode();
                if (!even || !node.hasRoom(kind)) continue;
                place(node, kind);
                levelled = true;
                placedOne = true;
                break;
            }
        }
    }

    /** What the added nodes count in the objective. */
    double value() {
        double sum = 0;
        for (NodeState node : addedNodes()) sum += node.machine().worth();
        return sum;
    }

    /** The expected cost of the added nodes, USD per hour; it decides between equal values. */
    double expectedCost() {
        double sum = 0;
        for (NodeState node : addedNodes()) sum += node.machine().expectedCost();
        return sum;
    }
}
