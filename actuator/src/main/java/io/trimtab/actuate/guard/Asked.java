package io.trimtab.actuate.guard;

import io.trimtab.cost.units.Money;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.Recommendation.Resize;
import io.trimtab.recommend.Recommendation.Retune;
import io.trimtab.recommend.Recommendation.Scale;
import java.util.Optional;

/**
 * An act that is asked for.
 *
 * @param saving per month; negative where it costs more
 * @param raises whether it raises a request or the replica count, which is for safety whatever it saves beside
 * @param completes whether it only brings an autoscaler's target or minimum in line with what pods request or use by now, after an act that was let through: it touches no pod, and until
 *     it is done replicas may be missing
 * @param planned whether it is a step of a plan for the day's hours, which restarts nothing: it counts for no day's number of acts, the way down takes half of the
 *     budget of pods at most, and the way back up waits for none
 */
record Asked(Act act, Money saving, boolean raises, boolean completes, boolean planned) {
    /** What steps of a plan are acts on, so that they do not count as acts on the container. */
    private static final String BY_THE_HOUR = " by the hour";

    static Asked of(Scale scale, Act act) {
        return new Asked(act, scale.impact().saving(), scale.to() > scale.from(), false, false);
    }

    static Asked of(Resize resize, Act act) {
        boolean planned = isPlanned(resize);
        Act counted = planned ? new Act(act.at(), act.workload(), act.subject() + BY_THE_HOUR, act.pods()) : act;
        return new Asked(counted, resize.impact().saving(), raises(resize), false, planned);
    }

    static Asked of(Retune retune, Act act) {
        return new Asked(
                act,
                retune.impact().saving(),
                retune.resizes().stream().anyMatch(Asked::raises),
                retune.resizes().isEmpty(),
                false);
    }

    /** Memory that goes along makes it an act like any other. */
    private static boolean isPlanned(Resize resize) {
        return resize.reasons().stream().anyMatch(PodReason.TimeOfWeek.class::isInstance)
                && resize.from().memoryRequest().equals(resize.to().memoryRequest())
                && resize.from().memoryLimit().equals(resize.to().memoryLimit());
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
