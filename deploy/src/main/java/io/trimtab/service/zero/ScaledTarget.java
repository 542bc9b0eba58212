package io.trimtab.service.zero;

import io.trimtab.ingest.model.TriggeredScaling;
import io.trimtab.ingest.triggers.TriggerReader;
import io.trimtab.recommend.zero.Activation;
import io.trimtab.recommend.zero.Sleep;
import io.trimtab.recommend.zero.SteadyScaling;
import io.trimtab.recommend.zero.SteadyScaling.Steady;
import io.trimtab.recommend.zero.TriggerReading;
import io.trimtab.recommend.zero.ZeroDecision;
import io.trimtab.recommend.zero.ZeroInput;
import io.trimtab.recommend.zero.ZeroInput.Bounds;
import io.trimtab.recommend.zero.ZeroInput.Cooldown;
import io.trimtab.recommend.zero.ZeroInput.Idle;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One object that is in force, and what must be remembered of it from one decision to the next. */
final class ScaledTarget {
    private static final int GAPS_KEPT = 100;

    /** Until a start has been measured. */
    private static final Duration COLD_START = Duration.ofSeconds(30);

    /** What people who start cold wait for is worth as much as a pod for KEDA's default cool-down, until they say otherwise. */
    private static final Duration WORTH_OF_A_START = TriggeredScaling.COOLDOWN;

    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

    private static final Duration LONGEST_READ = Duration.ofSeconds(30);

    /** An object that is older than this when it is first seen was there before us. */
    private static final Duration NEW = Duration.ofSeconds(30);

    private final Instant seenAt;
    private Bound bound;
    private Map<String, EventLog> events = new HashMap<>();
    private Optional<Instant> lastActive;
    private boolean active;
    private boolean started;
    private final Deque<Duration> gaps = new ArrayDeque<>();
    private final PastCounts past = new PastCounts();
    private Optional<Decided> last = Optional.empty();

    /**
     * A decision and what it was made from.
     *
     * @param current replicas asked for at that moment
     */
    record Decided(Instant at, int current, ZeroDecision decision, Steady steady, List<TriggerReading> readings) {
        Decided {
            readings = List.copyOf(readings);
        }

        boolean changes() {
            return steady.replicas() != current;
        }
    }

    /** @param seenAt since when it is followed without a break */
    ScaledTarget(Bound bound, Instant seenAt) {
        this.bound = bound;
        this.seenAt = seenAt;
        this.lastActive = bound.object().lastActive();
        rebind(bound);
    }

    /** Takes the object as it is now; what was remembered stays. */
    synchronized void rebind(Bound changed) {
        Map<String, EventLog> kept = new HashMap<>();
        for (Binding binding : changed.bindings()) {
            if (!(binding instanceof Binding.Events on)) continue;
            if (bound.bindings().contains(on)) kept.put(on.name(), log(on));
        }
        events = kept;
        bound = changed;
    }

    synchronized Bound bound() {
        return bound;
    }

    synchronized Optional<Decided> last() {
        return last;
    }

    synchronized Optional<Instant> lastActive() {
        return lastActive;
    }

    /** @return whether one of the triggers waits for such an event */
    synchronized boolean offer(WakeEvent event, Instant now) {
        boolean waited = false;
        for (Binding binding : bound.bindings()) {
            if (!(binding instanceof Binding.Events on) || !on.filter().matches(event)) continue;
            log(on).add(now);
            waited = true;
        }
        return waited;
    }

    private EventLog log(Binding.Events on) {
        return events.computeIfAbsent(on.name(), unseen -> new EventLog(on.window()));
    }

    /**
     * @param current replicas that the workload asks for
     * @param reads what each source said last; empty before it was asked
     * @return empty while a source has never been asked and no event is there: then nothing is known
     */
    synchronized Optional<Decided> decide(
            Instant now,
            int current,
            Function<TriggerReader, Optional<Poller.Read>> reads,
            BigDecimal podPricePerHour) {
        if (!started) startOver(now, current);
        started = true;
        Optional<List<TriggerReading>> readings = readings(now, reads);
        Optional<ZeroDecision> bySleep = Sleep.decide(
                now,
                current,
                bounds(),
                bound.holds(),
                bound.sleep(),
                !bound.bindings().isEmpty());
        if (bySleep.isPresent()) return decided(now, current, bySleep.get(), readings.orElse(List.of()));
        if (readings.isEmpty()) return Optional.empty();
        ZeroInput input = input(now, current, readings.get(), podPricePerHour);
        ZeroDecision decision = Activation.decide(input);
        remember(now, decision);
        Steady steady = SteadyScaling.decide(input, decision, past.history(now));
        past.decided(now, decision.desiredReplicas());
        last = Optional.of(new Decided(now, current, decision, steady, readings.get()));
        return last;
    }

    /** By the clock alone, so nothing has to be steadied or remembered. */
    private Optional<Decided> decided(Instant now, int current, ZeroDecision decision, List<TriggerReading> readings) {
        Steady steady = new Steady(decision.desiredReplicas(), List.copyOf(decision.reasons()));
        last = Optional.of(new Decided(now, current, decision, steady, readings));
        return last;
    }

    private Bounds bounds() {
        TriggeredScaling object = bound.object();
        return new Bounds(object.minReplicas(), object.idleReplicas(), object.maxReplicas());
    }

    synchronized void written(Instant at, int from, int to) {
        past.written(at, from, to);
    }

    /** What was up before we came stays up for a whole cool-down: we do not know when it last had work. */
    private void startOver(Instant now, int current) {
        // As a HorizontalPodAutoscaler does that sees a workload for the first time: its count counts as recommended.
        past.decided(now, current);
        TriggeredScaling object = bound.object();
        int rest = object.idleReplicas().orElse(object.minReplicas());
        boolean wasThere = object.createdAt().isBefore(seenAt.minus(NEW));
        boolean later = lastActive.map(seenAt::isAfter).orElse(true);
        if (current > rest && wasThere && later) lastActive = Optional.of(seenAt);
    }

    private Optional<List<TriggerReading>> readings(Instant now, Function<TriggerReader, Optional<Poller.Read>> reads) {
        List<TriggerReading> readings = new ArrayList<>();
        boolean asked = true;
        boolean woken = false;
        for (Binding binding : bound.bindings()) {
            switch (binding) {
                case Binding.Polled polled -> {
                    Optional<Poller.Read> read = reads.apply(polled.reader());
                    asked &= read.isPresent();
                    readings.add(
                            polled.reading(read.filter(it -> !isOld(it, now)).orElse(Poller.Read.NONE)));
                }
                case Binding.Cron cron -> readings.add(cron.reading(now));
                case Binding.Events on -> {
                    long count = log(on).count(now);
                    woken |= count > 0;
                    readings.add(on.reading(count));
                }
            }
        }
        return asked || woken ? Optional.of(readings) : Optional.empty();
    }

    /** A source that hangs says nothing new, and what it said before may not be so any more. */
    private boolean isOld(Poller.Read read, Instant now) {
        Duration most = bound.object().pollingInterval().multipliedBy(2).plus(LONGEST_READ);
        return Duration.between(read.at(), now).compareTo(most) > 0;
    }

    private ZeroInput input(Instant now, int current, List<TriggerReading> readings, BigDecimal podPricePerHour) {
        TriggeredScaling object = bound.object();
        Optional<Idle> idle = object.cooldown().isPresent()
                ? Optional.empty()
                : Optional.of(new Idle(List.copyOf(gaps), COLD_START, podPricePerHour, costOfAStart(podPricePerHour)));
        return new ZeroInput(
                now,
                current,
                bounds(),
                readings,
                new Cooldown(
                        object.cooldown().orElse(TriggeredScaling.COOLDOWN),
                        object.initialCooldown(),
                        lastActive,
                        Optional.of(object.createdAt())),
                bound.fallback(),
                bound.modifiers(),
                bound.holds(),
                Optional.empty(),
                idle);
    }

    private static BigDecimal costOfAStart(BigDecimal podPricePerHour) {
        BigDecimal seconds =
                BigDecimal.valueOf(COLD_START.plus(WORTH_OF_A_START).toSeconds());
        return podPricePerHour.multiply(seconds).divide(SECONDS_PER_HOUR, MathContext.DECIMAL64);
    }

    private void remember(Instant now, ZeroDecision decision) {
        if (decision.active()) {
            if (!active && last.isPresent()) lastActive.ifPresent(since -> gap(Duration.between(since, now)));
            lastActive = Optional.of(now);
        }
        active = decision.active();
    }

    private void gap(Duration idle) {
        if (gaps.size() == GAPS_KEPT) gaps.removeFirst();
        if (idle.isPositive()) gaps.addLast(idle);
    }
}
