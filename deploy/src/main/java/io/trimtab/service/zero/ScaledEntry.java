package io.trimtab.service.zero;

import io.trimtab.ingest.model.TriggeredScaling;
import io.trimtab.ingest.model.TriggeredScaling.Owner;
import io.trimtab.ingest.triggers.TriggerReader;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.Recommendation;
import io.trimtab.service.evaluate.OutcomeWords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One object of the loop, in force or not, and what became of it. */
final class ScaledEntry {
    private static final Logger LOG = LoggerFactory.getLogger(ScaledEntry.class);

    /** How long a watch may take to show what we wrote. */
    private static final Duration WATCH_LAG = Duration.ofSeconds(10);

    /** Words that change from read to read, such as a time, are not worth a write each time. */
    private static final Duration NEW_WORDS_EVERY = Duration.ofSeconds(30);

    private final ReentrantLock deciding = new ReentrantLock();
    private TriggeredScaling object;
    private Optional<ScaledTarget> target = Optional.empty();
    private Optional<Standing.Trouble> trouble = Optional.empty();
    private Optional<String> refusal = Optional.empty();
    private Optional<Integer> replicas = Optional.empty();
    private Optional<String> outcome = Optional.empty();
    private Optional<Written> written = Optional.empty();
    private Optional<StatusReports.Reported> reported = Optional.empty();
    private Instant reportedAt = Instant.EPOCH;
    private Optional<String> statusRefusal = Optional.empty();
    private Optional<ScheduledFuture<?>> ticking = Optional.empty();

    private record Written(Instant at, int from, int to) {}

    ScaledEntry(TriggeredScaling object) {
        this.object = object;
    }

    void oneAtATime(Runnable decision) {
        deciding.lock();
        try {
            decision.run();
        } finally {
            deciding.unlock();
        }
    }

    synchronized TriggeredScaling object() {
        return object;
    }

    /** Empty while the object is not in force. */
    synchronized Optional<ScaledTarget> target() {
        return target;
    }

    /** Whether there is nothing to do about it: neither it nor its credentials have changed. */
    synchronized boolean isBoundTo(TriggeredScaling now, List<Binder.Credentials> credentials) {
        return target.filter(it -> it.bound().object().equals(now)
                        && it.bound().credentials().equals(credentials))
                .isPresent();
    }

    /** @return whether it is other than before */
    synchronized boolean take(Bound bound, Instant now) {
        object = bound.object();
        if (target.isEmpty()) {
            target = Optional.of(new ScaledTarget(bound, now));
            trouble = Optional.empty();
            return true;
        }
        boolean changed = !target.get().bound().equals(bound);
        if (changed) target.get().rebind(bound);
        return changed;
    }

    /** It is not in force, for a reason that its status and the page give; what was remembered of it is forgotten. */
    synchronized void letGo(TriggeredScaling changed, Standing.Trouble why) {
        object = changed;
        trouble = Optional.of(why);
        target = Optional.empty();
        refusal = Optional.empty();
        stopTicking();
    }

    synchronized void tick(ScheduledFuture<?> ticks) {
        stopTicking();
        ticking = Optional.of(ticks);
    }

    synchronized void stopTicking() {
        ticking.ifPresent(ticks -> ticks.cancel(false));
        ticking = Optional.empty();
    }

    /** What the workload asks for; what we wrote a moment ago counts before the watch shows it. */
    synchronized int current(int watched, Instant now) {
        return written.filter(write ->
                        write.from() == watched && write.at().plus(WATCH_LAG).isAfter(now))
                .map(Written::to)
                .orElse(watched);
    }

    synchronized void known(int current, Optional<String> why) {
        replicas = Optional.of(current);
        refusal = why;
        trouble = Optional.empty();
    }

    synchronized void unknown(String why) {
        replicas = Optional.empty();
        trouble = Optional.of(new Standing.Trouble("TargetUnknown", why));
    }

    synchronized void wrote(Recommendation.Scale scale, Outcome result, Instant at) {
        outcome = Optional.of(OutcomeWords.of(result));
        if (!(result instanceof Outcome.Applied)) return;
        written = Optional.of(new Written(at, scale.from(), scale.to()));
        target.ifPresent(it -> it.written(at, scale.from(), scale.to()));
    }

    /** Somebody else may write the status from now on. */
    synchronized void forgetReported() {
        reported = Optional.empty();
    }

    synchronized boolean isNews(StatusReports.Reported now, Instant at) {
        boolean sameWords = reported.filter(now::equals).isPresent();
        boolean sameStates =
                reported.map(ScaledEntry::states).filter(states(now)::equals).isPresent();
        boolean lately = reportedAt.plus(NEW_WORDS_EVERY).isAfter(at);
        // When it was last active matters to whoever reads the status later, not while it is.
        boolean onlyTime = reported.filter(before -> before.conditions().equals(now.conditions()))
                .isPresent();
        // What was refused a moment ago would be refused again.
        boolean refusedLately = reported.isEmpty() && lately;
        if (sameWords || onlyTime || (sameStates && lately) || refusedLately) return false;
        reported = Optional.of(now);
        reportedAt = at;
        return true;
    }

    private static List<String> states(StatusReports.Reported reported) {
        return reported.conditions().stream()
                .map(condition -> condition.type() + condition.status() + condition.reason())
                .toList();
    }

    synchronized void statusRefused(Owner owner, String why) {
        reported = Optional.empty();
        if (statusRefusal.filter(why::equals).isEmpty()) LOG.warn("the status of {} is not written: {}", owner, why);
        statusRefusal = Optional.of(why);
    }

    synchronized Standing standing(Function<TriggerReader, Optional<Poller.Read>> reads) {
        List<Standing.SourceTrouble> sources = new ArrayList<>();
        target.map(ScaledTarget::bound)
                .ifPresent(bound -> bound.bindings().forEach(binding -> {
                    if (!(binding instanceof Binding.Polled polled)) return;
                    reads.apply(polled.reader())
                            .ifPresent(read -> read.trouble()
                                    .ifPresent(why -> sources.add(new Standing.SourceTrouble(
                                            polled.name(), read.failed(), String.valueOf(why.getMessage())))));
                }));
        return new Standing(
                object,
                trouble,
                refusal,
                replicas,
                target.flatMap(ScaledTarget::last),
                target.flatMap(ScaledTarget::lastActive).or(object::lastActive),
                sources,
                target.map(it -> it.bound().notSupported()).orElse(object.notSupported()),
                outcome);
    }
}
