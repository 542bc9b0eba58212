package io.trimtab.recommend.nodes;

import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Which shape to add for a copy that has no place. */
@FunctionalInterface
interface Opening {
    Optional<Machine> choose(Layout layout, PodKind kind);

    /** The one that counts least by itself. */
    static Opening cheapest() {
        return (layout, kind) -> best(layout, kind, Machine::worth);
    }

    /** The one that would count least if everything that waits went to its like. */
    static Opening forTheRest() {
        return (layout, kind) -> best(layout, kind, layout.rest()::valueOn);
    }

    /** This one wherever it can be added. */
    static Opening preferring(Machine machine) {
        Opening otherwise = forTheRest();
        return (layout, kind) ->
                layout.mayAddFor(machine, kind) ? Optional.of(machine) : otherwise.choose(layout, kind);
    }

    private static Optional<Machine> best(Layout layout, PodKind kind, ToDoubleFunction<Machine> value) {
        Machine best = null;
        double least = 0;
        for (Machine machine : layout.instance().catalogue()) {
            if (!layout.mayAddFor(machine, kind)) continue;
            double worth = value.applyAsDouble(machine);
            if (best != null && worth >= least) continue;
            best = machine;
            least = worth;
        }
        return Optional.ofNullable(best);
    }
}
