package io.trimtab.actuate.guard;

import io.trimtab.cost.units.Money;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.recommend.Recommendation.Resize;
import io.trimtab.recommend.Recommendation.Retune;
import io.trimtab.recommend.Recommendation.Scale;
import java.util.Optional;

/**
 * An act that is asked for.
 *
 * @param saving per month; negative where it costs more
 * @param raises whether it raises a request or the replica count, which is for safety whatever it saves beside
 * @param completes whether it only brings an autoscaler's target in line with what pods request by now, after an act that was let through: it touches no pod, and until it is
 *     done replicas may be missing
 */
record Asked(Act act, Money saving, boolean raises, boolean completes) {
    static Asked of(Scale scale, Act act) {
        return new Asked(act, scale.impact().saving(), scale.to() > scale.from(), false);
    }

    static Asked of(Resize resize, Act act) {
        return new Asked(act, resize.impact().saving(), raises(resize), false);
    }

    static Asked of(Retune retune, Act act) {
        return new Asked(
                act,
                retune.impact().saving(),
                retune.resizes().stream().anyMatch(Asked::raises),
                retune.resizes().isEmpty());
    }

    private static boolean raises(Resize resize) {
        Requirements from = resize.from();
        Requirements to = resize.to();
        return raises(from.cpuRequest(), to.cpuRequest()) || raises(from.memoryRequest(), to.memoryRequest());
    }

    private static <T extends Comparable<T>> boolean raises(Optional<T> from, Optional<T> to) {
        return to.filter(wanted -> from.isEmpty() || from.get().compareTo(wanted) < 0)
                .isPresent();
    }
}
