package io.trimtab.service.zero;

import io.trimtab.forecast.DemandKind;
import io.trimtab.forecast.DemandSubject;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.model.TriggerSpec;
import io.trimtab.ingest.model.TriggeredScaling;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.triggers.TriggerReader;
import io.trimtab.recommend.Actuator;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.Recommendation;
import io.trimtab.service.view.ZeroView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scales workloads by their triggers, to zero and back. Every object is decided on when one of its sources was read, when an event wakes it, and as often as its polling
 * interval says; a decision that changes nothing writes nothing.
 */
public final class ZeroLoop implements Wakes, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ZeroLoop.class);
    private static final int SCALES_PER_SECOND = 20;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Parts parts;
    private final ZeroObserver observer;
    private final Binder binder;
    private final Poller poller;
    private final Writer<Recommendation.Scale> scales;
    private final StatusReports statuses;
    private final Map<TriggeredScaling.Id, ScaledEntry> entries = new ConcurrentHashMap<>();
    private final AtomicBoolean lookWanted = new AtomicBoolean();

    /** Looks may wait for Secrets, which ticks must not. */
    private final ScheduledThreadPoolExecutor looks = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("zero-looks").daemon().factory());

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("zero").daemon().factory());

    /**
     * What the loop works with.
     *
     * @param clock the cluster's, which cron lines and cool-downs follow
     * @param time that passes as seconds do, for the pace of writes
     */
    public record Parts(
            ScaledWorkloads cluster,
            TriggerOpening triggers,
            Authentication authentication,
            TriggerAsking asking,
            Actuator actuator,
            StatusWriter status,
            InstantSource clock,
            InstantSource time) {}

    public ZeroLoop(Parts parts, ZeroObserver observer) {
        this.parts = parts;
        this.observer = observer;
        this.binder = new Binder(parts.triggers(), parts.authentication());
        this.poller = new Poller(parts.asking(), parts.clock(), this::read);
        this.scales = new Writer<>("zero-scales", SCALES_PER_SECOND, parts.time(), this::scale);
        this.statuses = new StatusReports(parts.status(), parts.time());
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Begins; returns at once. */
    public void start() {
        scales.start();
        statuses.start();
        parts.cluster().onChange(this::changed);
        // The look catches what it throws, so that the schedule never ends by itself.
        ScheduledFuture<?> _ =
                looks.scheduleWithFixedDelay(this::lookSafely, 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void changed() {
        if (!looks.isShutdown() && lookWanted.compareAndSet(false, true)) looks.execute(this::lookSafely);
    }

    @Override
    public List<String> wake(WakeEvent event) {
        Instant now = parts.clock().instant();
        List<String> woken = new ArrayList<>();
        for (ScaledEntry entry : entries.values()) {
            Optional<ScaledTarget> target = entry.target();
            if (target.isEmpty() || !target.get().offer(event, now)) continue;
            woken.add(entry.object().target().toString());
            decideSafely(entry);
        }
        woken.sort(Comparator.naturalOrder());
        return woken;
    }

    /** How each object stands, in the order of namespace and object. */
    public List<ZeroView> states() {
        List<ZeroView> states = new ArrayList<>();
        entries.values().forEach(entry -> states.add(ZeroRendering.of(standing(entry))));
        parts.cluster().unreadable().forEach((owner, why) -> states.add(ZeroRendering.unreadable(owner, why)));
        states.sort(Comparator.comparing(ZeroView::namespace).thenComparing(ZeroView::object));
        return states;
    }

    private void lookSafely() {
        lookWanted.set(false);
        try {
            look();
        } catch (RuntimeException | Error e) {
            // One odd object must not end the loop.
            LOG.error("the objects that scale to zero could not be looked at", e);
        }
    }

    private void look() {
        List<TriggeredScaling> objects = parts.cluster().objects();
        Map<TriggeredScaling.Id, Claims.Verdict> verdicts = Claims.judge(
                objects, parts.cluster().autoscalers(), parts.cluster().kedaOperator());
        Set<TriggeredScaling.Id> seen = new HashSet<>();
        for (TriggeredScaling object : objects) {
            seen.add(object.id());
            ScaledEntry entry = entries.computeIfAbsent(object.id(), unseen -> new ScaledEntry(object));
            try {
                take(entry, object, Objects.requireNonNull(verdicts.get(object.id())));
            } catch (RuntimeException | Error e) {
                LOG.error("{} could not be taken", object.owner(), e);
            }
        }
        for (TriggeredScaling.Id id : Set.copyOf(entries.keySet())) if (!seen.contains(id)) forget(id);
        if (parts.cluster().kedaOperator().isEmpty())
            statuses.reportUnreadable(parts.cluster().unreadable());
        observer.objects(entries.size(), poller.size());
    }

    private void take(ScaledEntry entry, TriggeredScaling object, Claims.Verdict verdict) {
        Optional<Standing.Trouble> trouble = Claims.trouble(verdict);
        if (trouble.isPresent()) {
            letGo(entry, object, trouble.get());
            // What is another's is not ours to write a status on.
            if (verdict instanceof Claims.Verdict.OfKeda) entry.forgetReported();
            else publish(entry);
            return;
        }
        Bound bound;
        try {
            List<Binder.Credentials> credentials = binder.credentials(object);
            if (entry.isBoundTo(object, credentials)) return;
            bound = binder.bind(object, credentials);
        } catch (IllegalArgumentException e) {
            letGo(
                    entry,
                    object,
                    new Standing.Trouble("Invalid", e.getMessage() + "; correct it, nothing is changed meanwhile"));
            publish(entry);
            return;
        }
        boolean changed = entry.take(bound, parts.clock().instant());
        if (!changed) return;
        poller.use(object.id(), bound.readers(), object.pollingInterval());
        tick(entry, object.pollingInterval());
        decideSafely(entry);
    }

    private void letGo(ScaledEntry entry, TriggeredScaling object, Standing.Trouble trouble) {
        entry.letGo(object, trouble);
        poller.use(object.id(), Set.of(), object.pollingInterval());
        scales.forget(object.id());
    }

    private void forget(TriggeredScaling.Id id) {
        ScaledEntry gone = entries.remove(id);
        if (gone == null) return;
        gone.stopTicking();
        poller.use(id, Set.of(), TriggeredScaling.POLLING_INTERVAL);
        scales.forget(id);
        statuses.forget(id);
    }

    /** Cron lines and cool-downs end without anything being read. */
    private void tick(ScaledEntry entry, Duration interval) {
        long millis = Math.max(1, interval.toMillis());
        long first = Math.floorMod(entry.object().id().hashCode(), millis);
        entry.tick(timer.scheduleAtFixedRate(() -> decideSafely(entry), first, millis, TimeUnit.MILLISECONDS));
    }

    private void read(TriggerReader reader, Poller.Read read, Set<TriggeredScaling.Id> users) {
        observer.read(read.trouble().isEmpty());
        boolean refused = read.trouble()
                .filter(why -> why.kind() == IngestException.Kind.REJECTED)
                .isPresent();
        for (TriggeredScaling.Id user : users) {
            ScaledEntry entry = entries.get(user);
            if (entry == null) continue;
            if (refused) forgetCredentials(entry.object());
            decideSafely(entry);
            // After the decision, so that learning never keeps a workload waiting.
            entry.target()
                    .ifPresent(target -> TriggerDemand.of(target.bound(), reader, read)
                            .forEach((subject, value) -> observer.measured(subject, read.at(), value)));
        }
    }

    /** A Secret that was rotated is read anew; the next look takes the new one. */
    private void forgetCredentials(TriggeredScaling object) {
        for (TriggerSpec trigger : object.triggers())
            trigger.authentication()
                    .ifPresent(reference ->
                            parts.authentication().forget(object.owner().namespace(), reference));
    }

    private void decideSafely(ScaledEntry entry) {
        try {
            decide(entry);
        } catch (RuntimeException | Error e) {
            LOG.error("{} could not be decided on", entry.object().owner(), e);
        }
    }

    /** One at a time for each object, so that an older decision never replaces a newer one. */
    private void decide(ScaledEntry entry) {
        entry.oneAtATime(() -> decideNow(entry));
    }

    private void decideNow(ScaledEntry entry) {
        Optional<ScaledTarget> target = entry.target();
        if (target.isEmpty()) return;
        TriggeredScaling object = entry.object();
        Optional<Workload> workload;
        try {
            workload = parts.cluster().workload(object.target());
        } catch (IngestException e) {
            // Whoever does not know how many run does not know what to change.
            entry.unknown("the cluster is not known now: " + e.getMessage());
            scales.forget(object.id());
            return;
        }
        if (workload.isEmpty()) {
            entry.unknown("%s does not exist".formatted(object.target()));
            scales.forget(object.id());
            publish(entry);
            return;
        }
        Instant now = parts.clock().instant();
        int current = entry.current(workload.get().replicas(), now);
        Optional<String> refusal = parts.cluster().refusal(workload.get(), object);
        var price = parts.cluster().podPricePerHour(workload.get());
        entry.known(current, refusal);
        observer.measured(DemandSubject.of(object.target(), DemandKind.REPLICAS, ""), now, current);
        Optional<ScaledTarget.Decided> decided = target.get().decide(now, current, poller::last, price);
        Optional<ScaledTarget.Decided> change = decided.filter(it -> it.changes() && refusal.isEmpty());
        if (change.isPresent()) scales.add(object.id(), Scales.of(object.target(), change.get(), price));
        else scales.forget(object.id());
        publish(entry);
    }

    private void scale(WriteQueue.Write<Recommendation.Scale> write) {
        ScaledEntry entry = entries.get(write.id());
        if (entry == null) return;
        if (isRefused(entry)) return;
        Outcome outcome = parts.actuator().apply(write.what());
        observer.wrote(outcome);
        entry.wrote(write.what(), outcome, parts.clock().instant());
        // What came while it was written was decided on the count before; what was refused waits for the next tick.
        if (outcome instanceof Outcome.Applied) decideSafely(entry);
    }

    /** It may have waited, and somebody may have paused it meanwhile; the next decision asks again. */
    private boolean isRefused(ScaledEntry entry) {
        try {
            TriggeredScaling object = entry.object();
            return entry.target().isEmpty()
                    || parts.cluster()
                            .workload(object.target())
                            .flatMap(workload -> parts.cluster().refusal(workload, object))
                            .isPresent();
        } catch (IngestException e) {
            return true;
        }
    }

    private Standing standing(ScaledEntry entry) {
        return entry.standing(poller::last);
    }

    private void publish(ScaledEntry entry) {
        statuses.report(entry, standing(entry));
    }

    /** Ends the reads, lets writes that have begun end, for a few seconds. */
    @Override
    public void close() {
        // A look starts ticks and reads, so it ends before they do.
        end(looks);
        end(timer);
        poller.close();
        scales.close();
        statuses.close();
    }

    private static void end(ScheduledThreadPoolExecutor thread) {
        thread.shutdownNow();
        try {
            boolean ended = thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) LOG.warn("an object is still being looked at at the end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
