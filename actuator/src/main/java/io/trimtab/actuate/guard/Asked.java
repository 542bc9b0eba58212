package io.trimtab.actuate.guard;

import io.trimtab.cost.units.Money;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.recommend.Recommendation.Resize;
import io.trimtab.recommend.Recommendation.Scale;
import java.util.Optional;

/**
 * An act that is asked for.
 *
 * @param saving per month; negative where it costs more
 * @param raises whether it raises a request or the replica count, which is for safety whatever it saves beside
 */
record Asked(Act act, Money saving, boolean raises) {
    static Asked of(Scale scale, Act act) {
        return new Asked(act, scale.impact().saving(), scale.to() > scale.from());
    }

    static Asked of(Resize resize, Act act) {
        Requirements from = resize.from();
        Requirements to = resize.to();
        return new Asked(
                act,
                resize.impact().saving(),
                raises(from.cpuRequest(), to.cpuRequest()) || raises(from.memoryRequest(), to.memoryRequest()));
    }

    private static <T extends Comparable<T>> boolean raises(Optional<T> from, Optional<T> to) {
        return to.filter(wanted -> from.isEmpty() || from.get().compareTo(wanted) < 0)
                .isPresent();
    }
}
