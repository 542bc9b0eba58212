package io.trimtab.recommend.pods;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.recommend.PodReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Says what the stock VPA updater would do to a live pod, with its documented defaults. Its rule for quick out-of-memory kills needs a container's
 * last termination and is not part of the question.
 *
 * @see "k8s.io/autoscaler vertical-pod-autoscaler 1.8.1, pkg/updater/priority"
 */
public final class PodUpdater {
    private static final double LEAST_DIFFERENCE = 0.1;
    private static final Duration LEAST_AGE = Duration.ofHours(12);

    private PodUpdater() {}

    /** @param age of the pod since its start; empty when it has not started */
    public static PodUpdate decide(List<LiveContainer> containers, Optional<Duration> age) {
        Tally cpu = new Tally(containers, amounts -> amounts.cpu().map(MilliCores::value));
        // The updater compares thousandths of bytes too, which changes no ratio but keeps a request of zero at a
        // thousandth.
        Tally memory = new Tally(
                containers, amounts -> amounts.memory().map(Bytes::value).map(PodUpdater::thousandths));
        boolean scaleUp = cpu.scaleUp || memory.scaleUp;
        boolean outside = cpu.outside || memory.outside;
        double difference = cpu.difference() + memory.difference();
        PodReason reason = reason(outside, age, difference);
        boolean act = reason instanceof PodReason.OutsideRange || reason instanceof PodReason.DiffersEnough;
        return new PodUpdate(act, scaleUp, outside, difference, List.of(reason));
    }

    private static PodReason reason(boolean outside, Optional<Duration> age, double difference) {
        if (outside) return new PodReason.OutsideRange();
        if (age.isEmpty()) return new PodReason.NotStarted();
        if (age.orElseThrow().compareTo(LEAST_AGE) < 0) return new PodReason.TooYoung(age.orElseThrow(), LEAST_AGE);
        if (difference < LEAST_DIFFERENCE) return new PodReason.DiffersLittle(difference, LEAST_DIFFERENCE);
        return new PodReason.DiffersEnough(difference, LEAST_DIFFERENCE);
    }

    private static long thousandths(long bytes) {
        return bytes > Long.MAX_VALUE / 1000 ? Long.MAX_VALUE : bytes * 1000;
    }

    /** One resource over all containers. */
    private static final class Tally {
        private double requested;
        private double recommended;
        private boolean present;
        private boolean scaleUp;
        private boolean outside;

        Tally(List<LiveContainer> containers, Function<LiveContainer.Amounts, Optional<Long>> amount) {
            for (LiveContainer container : containers)
                amount.apply(container.target()).ifPresent(target -> add(container, target, amount));
        }

        private void add(LiveContainer container, long target, Function<LiveContainer.Amounts, Optional<Long>> amount) {
            present = true;
            recommended += target;
            Optional<Long> request = amount.apply(container.request());
            if (request.isEmpty()) {
                scaleUp = true;
                outside = true;
                return;
            }
            long now = request.orElseThrow();
            requested += now;
            scaleUp |= target > now;
            outside |=
                    amount.apply(container.lower()).filter(lower -> now < lower).isPresent();
            outside |=
                    amount.apply(container.upper()).filter(upper -> now > upper).isPresent();
        }

        double difference() {
            double base = Math.max(requested, 1);
            return present ? Math.abs(base - recommended) / base : 0;
        }
    }
}
