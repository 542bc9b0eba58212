package io.trimtab.recommend.consolidation;

import io.trimtab.recommend.nodes.NodeShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A plan in the making: which nodes are drained, where their pods go, what is added. What receives pods is never drained, so no pod moves twice. */
final class Draft {
    /** A pod and the room that it gets. */
    record Placed(Moving pod, Room to, int[] devices) {}

    /** A node that is added. */
    record Added(NodeShape shape, Room room) {}

    /** Hosts that were drained together; {@code left} found no room. */
    record Trial(List<Host> hosts, List<Placed> placed, List<Moving> left) {}

    /** Finds the room for a pod. */
    interface Choice {
        Optional<Room> room(Draft draft, Moving pod);
    }

    private final Cluster cluster;
    private final Choice choice;
    private final List<Room> rooms = new ArrayList<>();
    private final boolean[] drained;
    private final List<Added> added = new ArrayList<>();
    private final List<Trial> done = new ArrayList<>();

    Draft(Cluster cluster, Choice choice) {
        this.cluster = cluster;
        this.choice = choice;
        cluster.hosts().forEach(host -> rooms.add(Room.of(host.node())));
        drained = new boolean[rooms.size()];
    }

    Cluster cluster() {
        return cluster;
    }

    Room room(Host host) {
        return rooms.get(host.index());
    }

    boolean isDrained(int host) {
        return drained[host];
    }

    boolean mayDrain(Host host) {
        return !drained[host.index()] && room(host).received() == 0;
    }

    List<Added> added() {
        return added;
    }

    List<Trial> done() {
        return done;
    }

    /**
     * Moves what has a place.
     *
     * @param whole whether to stop at the first pod that has none
     */
    Trial drain(List<Host> hosts, boolean whole) {
        hosts.forEach(host -> drained[host.index()] = true);
        List<Moving> pods = hosts.stream()
                .flatMap(host -> host.moving().stream())
                .sorted(Moving.LARGEST_FIRST)
                .toList();
        Trial trial = new Trial(List.copyOf(hosts), new ArrayList<>(), new ArrayList<>());
        for (Moving pod : pods) {
            Optional<Room> room = choice.room(this, pod);
            room.ifPresentOrElse(
                    found -> trial.placed().add(new Placed(pod, found, found.take(pod))),
                    () -> trial.left().add(pod));
            if (whole && room.isEmpty()) break;
        }
        done.add(trial);
        return trial;
    }

    /** Drains the host if all its pods have a place. */
    boolean tryDrain(Host host) {
        Trial trial = drain(List.of(host), true);
        if (trial.left().isEmpty()) return true;
        undo(trial);
        return false;
    }

    /** As if it had not been; only for the last one. */
    void undo(Trial trial) {
        trial.placed().reversed().forEach(one -> one.to().giveBack(one.pod(), one.devices()));
        trial.hosts().forEach(host -> drained[host.index()] = false);
        done.remove(trial);
    }

    /** A node more, empty. */
    Room add(NodeShape shape) {
        Room room = Shapes.room(shape, "+" + added.size());
        added.add(new Added(shape, room));
        return room;
    }

    /** Puts a pod of the trial that was left wherever the room has devices for it. */
    void put(Trial trial, Moving pod, Room room) {
        trial.placed().add(new Placed(pod, room, room.take(pod)));
    }

    /** Puts a pod of the trial that was left. */
    void put(Trial trial, Moving pod, Room room, int[] devices) {
        room.put(pod, devices);
        trial.placed().add(new Placed(pod, room, devices));
    }

    /** USD per hour. */
    double saving() {
        double removed = done.stream()
                .flatMap(trial -> trial.hosts().stream())
                .mapToDouble(Host::price)
                .sum();
        return removed
                - added.stream()
                        .mapToDouble(one -> one.shape().offer().paid().doubleValue())
                        .sum();
    }

    /** Seconds. */
    double disruption() {
        return done.stream()
                .flatMap(trial -> trial.hosts().stream())
                .mapToDouble(Host::disruption)
                .sum();
    }

    /** By index of the drained host: where its pods go. */
    Map<Integer, List<Placed>> moves() {
        Map<Integer, List<Placed>> moves = new TreeMap<>();
        for (Trial trial : done) {
            trial.hosts().forEach(host -> moves.put(host.index(), new ArrayList<>()));
            trial.placed()
                    .forEach(one -> moves.computeIfAbsent(one.pod().host(), key -> new ArrayList<>())
                            .add(one));
        }
        return moves;
    }
}
