package io.trimtab.service.zero;

import io.trimtab.ingest.triggers.TriggerReader;
import io.trimtab.recommend.cron.CronWindow;
import io.trimtab.recommend.zero.Target;
import io.trimtab.recommend.zero.TriggerReading;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One trigger of an object, ready to be asked. */
sealed interface Binding {
    String name();

    /** A source that is read now and then, by {@link Poller}. */
    record Polled(String name, Target target, BigDecimal activationThreshold, TriggerReader reader) implements Binding {
        TriggerReading reading(Poller.Read read) {
            return new TriggerReading(
                    name, target, read.value(), read.failed(), activationThreshold, Optional.empty(), true);
        }
    }

    /** A time of the day. */
    record Cron(String name, CronWindow window, int replicas) implements Binding {
        private static final Target EACH = new Target(BigDecimal.ONE, Target.Type.AVERAGE_VALUE);

        TriggerReading reading(Instant now) {
            boolean active = window.contains(now);
            BigDecimal value = active ? BigDecimal.valueOf(replicas) : BigDecimal.ZERO;
            return new TriggerReading(name, EACH, Optional.of(value), 0, BigDecimal.ZERO, Optional.of(active), true);
        }
    }

    /** Events that are sent to us; its value is how many came within the window. */
    record Events(String name, Target target, EventFilter filter, Duration window) implements Binding {
        TriggerReading reading(long events) {
            return new TriggerReading(
                    name, target, Optional.of(BigDecimal.valueOf(events)), 0, BigDecimal.ZERO, Optional.empty(), false);
        }
    }
}
