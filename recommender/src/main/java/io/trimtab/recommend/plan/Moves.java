package io.trimtab.recommend.plan;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.ResourceAmount;
import io.trimtab.recommend.Recommendation.Resize;
import io.trimtab.recommend.pods.Bounds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Requests of one resource that are to change, of the containers of one pod. */
record Moves(Resource resource, List<Move> all) {
    /** One container's; thousandths of a core or bytes. */
    record Move(String container, long from, long to) {
        long change() {
            return to - from;
        }
    }

    Moves {
        all = all.stream().sorted(Comparator.comparing(Move::container)).toList();
    }

    /** A request that was not there, or goes, is no move: without it no utilisation is measured. */
    static Moves of(Resource resource, Collection<Resize> resizes) {
        return new Moves(
                resource,
                resizes.stream()
                        .flatMap(resize -> move(resource, resize).stream())
                        .toList());
    }

    private static Optional<Move> move(Resource resource, Resize resize) {
        return ResourceAmount.requested(resource, resize.from())
                .flatMap(from -> ResourceAmount.requested(resource, resize.to())
                        .filter(to -> !to.equals(from))
                        .map(to -> new Move(resize.container(), from.value(), to.value())));
    }

    Moves only(Predicate<String> containers) {
        return new Moves(
                resource,
                all.stream().filter(move -> containers.test(move.container)).toList());
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    long change() {
        return all.stream().mapToLong(Move::change).sum();
    }

    /** Each goes the same part of its way, so that they come to {@code change} together; the one that goes furthest takes what rounding leaves. */
    Moves part(long change) {
        long whole = change();
        Move furthest = all.stream()
                .max(Comparator.comparingLong(move -> Math.abs(move.change())))
                .orElseThrow();
        List<Move> parts = new ArrayList<>();
        long left = change;
        for (Move move : all) {
            if (move.equals(furthest)) continue;
            long part = whole == 0 ? move.change() : Math.round((double) move.change() * change / whole);
            left -= part;
            parts.add(new Move(move.container, move.from, move.from + part));
        }
        parts.add(new Move(furthest.container, furthest.from, furthest.from + left));
        return new Moves(resource, parts);
    }

    /** None ends beyond a bound. */
    Moves within(Bounds bounds) {
        return new Moves(
                resource,
                all.stream()
                        .map(move -> new Move(move.container, move.from, within(bounds, move.to)))
                        .toList());
    }

    private long within(Bounds bounds, long amount) {
        return switch (resource) {
            case CPU -> bounds.clamp(new MilliCores(amount)).value();
            case MEMORY -> bounds.clamp(new Bytes(amount)).value();
            case GPU -> amount;
        };
    }

    /** Whether one of them changes by more than this share of its request, or was beyond a bound. */
    boolean matter(double band, Bounds bounds) {
        return all.stream()
                .anyMatch(move -> Math.abs(move.change()) > band * move.from
                        || (within(bounds, move.from) != move.from && move.change() != 0));
    }

    /** What they lead to, by container. */
    Map<String, ResourceAmount> requests() {
        return all.stream().collect(Collectors.toMap(Move::container, move -> new ResourceAmount(resource, move.to)));
    }
}
