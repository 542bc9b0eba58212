package io.trimtab.recommend.zero;

import io.trimtab.recommend.ZeroReason;
import io.trimtab.recommend.cron.CronWindow;
import io.trimtab.recommend.zero.ZeroDecision.Action;
import io.trimtab.recommend.zero.ZeroInput.Bounds;
import io.trimtab.recommend.zero.ZeroInput.Holds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Rest at set times: while a window lasts the workload rests whatever its triggers say; one without triggers has at least one replica, or its minimum, at all other times. */
public final class Sleep {
    private Sleep() {}

    /**
     * @param windows when it sleeps
     * @param triggered whether triggers decide while it is awake
     * @return empty where {@link Activation} decides
     */
    public static Optional<ZeroDecision> decide(
            Instant now, int currentReplicas, Bounds bounds, Holds holds, List<CronWindow> windows, boolean triggered) {
        if (windows.isEmpty()) return Optional.empty();
        if (holds.paused().isPresent()) {
            int count = holds.paused().get().replicas().orElse(currentReplicas);
            return Optional.of(decision(count, Action.PAUSED, new ZeroReason.Paused(count)));
        }
        Optional<CronWindow> asleep =
                windows.stream().filter(window -> window.contains(now)).findFirst();
        if (asleep.isPresent())
            return Optional.of(resting(currentReplicas, bounds, holds, new ZeroReason.Sleeping(until(asleep.get()))));
        return triggered ? Optional.empty() : Optional.of(awake(currentReplicas, bounds, holds));
    }

    private static String until(CronWindow window) {
        return window.end() + " " + window.zone();
    }

    private static ZeroDecision resting(int current, Bounds bounds, Holds holds, ZeroReason reason) {
        if (current <= bounds.rest()) return decision(current, Action.HOLD, reason);
        if (holds.scaleInPaused()) return decision(current, Action.HOLD, new ZeroReason.ScaleInPaused(bounds.rest()));
        return decision(bounds.rest(), Action.DEACTIVATE, reason);
    }

    private static ZeroDecision awake(int current, Bounds bounds, Holds holds) {
        int least = Math.max(1, bounds.min());
        if (current >= least) return decision(current, Action.HOLD, new ZeroReason.AwakeAgain());
        if (holds.scaleOutPaused()) return decision(current, Action.HOLD, new ZeroReason.ScaleOutPaused(least));
        return decision(least, Action.ACTIVATE, new ZeroReason.AwakeAgain());
    }

    private static ZeroDecision decision(int replicas, Action action, ZeroReason reason) {
        return new ZeroDecision(
                false, replicas, action, Optional.empty(), 0, Duration.ZERO, Optional.empty(), List.of(reason));
    }
}
