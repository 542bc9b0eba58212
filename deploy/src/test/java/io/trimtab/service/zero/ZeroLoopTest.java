package io.trimtab.service.zero;

import static io.trimtab.service.zero.ScaledObjects.CREATED;
import static io.trimtab.service.zero.ScaledObjects.scaledObject;
import static io.trimtab.service.zero.ScaledObjects.trigger;
import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.actuate.kubernetes.StatusCondition;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.TriggerSpec;
import io.trimtab.ingest.model.TriggeredScaling;
import io.trimtab.ingest.model.TriggeredScaling.Owner;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.ingest.triggers.Trigger;
import io.trimtab.ingest.triggers.TriggerReader;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.Recommendation;
import io.trimtab.service.view.ZeroView;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The loop on a cluster and sources that exist only here; its clock is moved by hand. */
class ZeroLoopTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final TriggerSpec QUEUE = trigger("queue", Map.of("of", "orders"));

    private final FakeCluster cluster = new FakeCluster();
    private final Map<String, Optional<BigDecimal>> queues = new ConcurrentHashMap<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final List<String> writes = new CopyOnWriteArrayList<>();
    private final Map<Owner, List<StatusCondition>> statuses = new ConcurrentHashMap<>();
    private volatile boolean hanging;
    private volatile Runnable beforeWrite = () -> {};
    private volatile Instant now = CREATED.plus(Duration.ofDays(1));
    private final ZeroLoop loop = new ZeroLoop(
            new ZeroLoop.Parts(
                    cluster,
                    this::open,
                    new NoAuthentication(),
                    (reader, at) -> {
                        reads.incrementAndGet();
                        while (hanging || reader.source().equals("queue hangs")) hang();
                        return reader.read(at);
                    },
                    this::apply,
                    (owner, conditions, lastActive) -> {
                        statuses.put(owner, conditions);
                        return Optional.empty();
                    },
                    () -> now,
                    InstantSource.system()),
            ZeroObserver.NONE);

    @AfterEach
    void stop() {
        loop.close();
    }

    @Test
    void risesFromZeroToTheWholeDemandAndRestsAfterTheCoolDown() {
        run(scaledObject("web", QUEUE), 0);
        queue("orders", 42);
        await(() -> writes.contains("web 0 -> 5"));

        queue("orders", 0);
        await(() -> view("web").reasons().toString().contains("cool-down ends"));
        assertThat(replicas("web")).isEqualTo(5);
        now = now.plus(Duration.ofMinutes(6));
        await(() -> writes.contains("web 5 -> 0") || writes.contains("web 1 -> 0"));
        await(() -> view("web").state().equals("asleep"));
    }

    @Test
    void aSourceThatCannotBeReadNeverLowersACountAndSaysSo() {
        queue("orders", 42);
        run(scaledObject("web", QUEUE), 5);
        await(() -> view("web").action().equals("hold"));
        queues.put("orders", Optional.empty());
        await(() -> !view("web").triggers().getFirst().trouble().isEmpty());
        now = now.plus(Duration.ofDays(2));
        await(() -> view("web").triggers().getFirst().failed() > 5);

        assertThat(writes).isEmpty();
        await(() -> status("web", "Ready")
                .filter(it -> it.reason().equals("TriggerError"))
                .isPresent());
        queue("orders", 95);
        await(() -> writes.contains("web 5 -> 9") || writes.contains("web 5 -> 10"));
        await(() ->
                status("web", "Ready").filter(it -> it.status().equals("True")).isPresent());
    }

    @Test
    void aSourceThatNeverAnsweredKeepsWhatIsThere() {
        run(scaledObject("web", QUEUE), 3);
        await(() -> view("web").triggers().getFirst().failed() > 5);
        now = now.plus(Duration.ofDays(2));
        await(() -> view("web").triggers().getFirst().failed() > 10);

        assertThat(writes).isEmpty();
        assertThat(replicas("web")).isEqualTo(3);
    }

    @Test
    void whatWasUpBeforeTheLoopStaysUpForACoolDown() {
        queue("orders", 0);
        run(scaledObject("web", QUEUE), 3);
        await(() -> view("web").reasons().toString().contains("cool-down ends"));
        now = now.plus(Duration.ofMinutes(6));
        await(() -> writes.stream().anyMatch(write -> write.endsWith("-> 0")));
    }

    @Test
    void oneReadServesAllThatAskTheSame() {
        queue("orders", 42);
        for (int i = 0; i < 200; i++) add(scaledObject("web-" + i, QUEUE), 5);
        loop.start();
        await(() -> loop.states().stream().allMatch(view -> view.action().equals("hold")));
        int before = reads.get();
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));

        assertThat(reads.get() - before)
                .as("reads in a second at an interval of 50 ms")
                .isBetween(5, 30);
        assertThat(writes).isEmpty();
    }

    @Test
    void anEventWakesAtOnceAndTheSameEventOnlyOnce() {
        TriggerSpec events = trigger("cloudevents", Map.of("type", "shop.order.*", "threshold", "1"));
        run(scaledObject("web", events), 0);
        await(() -> view("web").state().equals("asleep"));
        Wakes wakes = new OnceEach(loop);
        WakeEvent order = new WakeEvent("1", "/shop", "shop.order.placed", Optional.empty());

        assertThat(wakes.wake(order)).containsExactly("shop/Deployment/web");
        assertThat(wakes.wake(order)).containsExactly("shop/Deployment/web");
        assertThat(wakes.wake(new WakeEvent("2", "/shop", "shop.refund", Optional.empty())))
                .isEmpty();
        await(() -> writes.contains("web 0 -> 1"));
        assertThat(writes).hasSize(1);
    }

    @Test
    void anEventWakesWhileAnotherSourceIsDown() {
        TriggerSpec events = trigger("cloudevents", Map.of("type", "order"));
        run(scaledObject("web", QUEUE, events), 0);
        await(() -> view("web").triggers().getFirst().failed() > 0);
        loop.wake(new WakeEvent("1", "/shop", "order", Optional.empty()));

        await(() -> writes.contains("web 0 -> 1"));
    }

    @Test
    void anEventThatComesWhileItIsBeingPutToSleepWakesIt() {
        beforeWrite = () -> {
            beforeWrite = () -> {};
            loop.wake(new WakeEvent("1", "/shop", "order", Optional.empty()));
        };
        run(scaledObject("web", trigger("cloudevents", Map.of("type", "order"))), 1);
        await(() -> view("web").reasons().toString().contains("cool-down ends"));
        now = now.plus(Duration.ofMinutes(6));

        await(() -> writes.equals(List.of("web 1 -> 0", "web 0 -> 1")));
    }

    @Test
    void anEventLowersNothingWhileAnotherSourceWasNeverAsked() {
        TriggerSpec hangs = trigger("queue", Map.of("of", "hangs"));
        TriggerSpec events = trigger("cloudevents", Map.of("type", "order"));
        run(scaledObject("web", hangs, events), 20);
        // Beyond what stabilization would hold.
        now = now.plus(Duration.ofMinutes(6));
        // An object that was only just seen takes no events yet.
        await(() -> !loop.wake(new WakeEvent("1", "/shop", "order", Optional.empty()))
                .isEmpty());
        await(() -> !view("web").action().isEmpty());

        assertThat(view("web").desired()).isEqualTo(20);
        assertThat(writes).isEmpty();
    }

    @Test
    void aSourceThatHangsIsNotBelievedForEver() {
        queue("orders", 0);
        run(scaledObject("web", QUEUE), 5);
        await(() -> view("web").reasons().toString().contains("cool-down ends"));
        hanging = true;
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        now = now.plus(Duration.ofMinutes(10));
        await(() -> view("web").reasons().toString().contains("could not be read"));

        assertThat(replicas("web")).isEqualTo(5);
    }

    @Test
    void whatWasHeldForAMomentStaysUpForAWholeCoolDown() {
        queue("orders", 42);
        run(scaledObject("web", QUEUE), 5);
        await(() -> view("web").action().equals("hold"));
        now = now.plus(Duration.ofHours(3));
        add(scaledObject("web", trigger("pigeon-post", Map.of())), 5);
        await(() -> view("web").state().equals("held"));
        queue("orders", 0);
        add(scaledObject("web", QUEUE), 5);
        await(() -> view("web").reasons().toString().contains("cool-down ends"));

        assertThat(writes).isEmpty();
    }

    @Test
    void whatIsPausedIsNotWritten() {
        queue("orders", 42);
        run(scaledObject("web", Map.of("autoscaling.keda.sh/paused", "true"), QUEUE), 1);
        await(() -> view("web").action().equals("paused"));
        await(() ->
                status("web", "Paused").filter(it -> it.status().equals("True")).isPresent());

        assertThat(writes).isEmpty();
        add(scaledObject("web", QUEUE), 1);
        await(() -> writes.contains("web 1 -> 5"));
    }

    @Test
    void aRefusalIsShownAndNothingIsWritten() {
        queue("orders", 42);
        cluster.refusal = Optional.of("the mode is Recommend");
        add(scaledObject("free", QUEUE), 0);
        run(scaledObject("web", QUEUE), 0);
        await(() -> view("web").action().equals("activate") && writes.contains("free 0 -> 5"));

        assertThat(view("web").refusal()).isEqualTo("the mode is Recommend");
        assertThat(writes).containsExactly("free 0 -> 5");
    }

    @Test
    void anObjectThatMeansNothingIsHeldAndTheRestGoesOn() {
        queue("orders", 42);
        add(scaledObject("odd", trigger("pigeon-post", Map.of())), 4);
        run(scaledObject("web", QUEUE), 0);
        await(() -> writes.contains("web 0 -> 5"));

        // Each object is decided on by itself, in no order.
        await(() -> !view("odd").trouble().isEmpty());
        assertThat(view("odd").state()).isEqualTo("held");
        assertThat(view("odd").trouble()).startsWith("spec.triggers[0].type (pigeon-post)");
        await(() -> status("odd", "Ready")
                .filter(it -> it.reason().equals("Invalid"))
                .isPresent());
        assertThat(replicas("odd")).isEqualTo(4);
    }

    @Test
    void anObjectWithoutItsWorkloadSaysSoUntilItIsThere() {
        queue("orders", 42);
        cluster.objects.put("web", scaledObject("web", QUEUE));
        loop.start();
        await(() -> view("web").trouble().contains("shop/Deployment/web does not exist"));
        cluster.replicas.put(new WorkloadId("shop", "Deployment", "web"), 0);
        await(() -> writes.contains("web 0 -> 5"));
        assertThat(view("web").trouble()).isEmpty();
    }

    @Test
    void whereKedaRunsNothingIsReadNorWritten() {
        queue("orders", 42);
        cluster.keda = Optional.of("keda/keda-operator");
        run(scaledObject("web", QUEUE), 0);
        await(() -> view("web").trouble().contains("keda/keda-operator"));
        assertThat(reads).hasValue(0);
        assertThat(statuses).as("its status is KEDA's").isEmpty();

        cluster.keda = Optional.empty();
        await(() -> writes.contains("web 0 -> 5"));
    }

    @Test
    void anObjectThatIsDeletedIsNoLongerReadNorWritten() {
        queue("orders", 0);
        run(scaledObject("web", QUEUE), 0);
        await(() -> view("web").state().equals("asleep"));
        cluster.objects.clear();
        await(() -> loop.states().isEmpty());
        int before = reads.get();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));

        assertThat(reads.get() - before).isLessThanOrEqualTo(1);
    }

    private static void hang() throws IngestException {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        if (Thread.currentThread().isInterrupted())
            throw new IngestException(IngestException.Kind.UNREACHABLE, "the loop has ended", null);
    }

    private void run(TriggeredScaling object, int replicas) {
        add(object, replicas);
        loop.start();
    }

    private void add(TriggeredScaling object, int replicas) {
        cluster.objects.put(object.owner().name(), object);
        cluster.replicas.putIfAbsent(object.target(), replicas);
    }

    private void queue(String name, int length) {
        queues.put(name, Optional.of(BigDecimal.valueOf(length)));
    }

    private int replicas(String name) {
        return cluster.replicas.get(new WorkloadId("shop", "Deployment", name));
    }

    private ZeroView view(String name) {
        return loop.states().stream()
                .filter(view -> view.object().equals("ScaledObject/" + name))
                .findFirst()
                .orElseGet(() -> ZeroRendering.unreadable(new Owner("ScaledObject", "shop", name), ""));
    }

    private Optional<StatusCondition> status(String name, String type) {
        return statuses.getOrDefault(new Owner(TriggeredScaling.SCALED_OBJECT, "shop", name), List.of()).stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }

    private static void await(BooleanSupplier wanted) {
        long until = InstantSource.system().millis() + PATIENCE.toMillis();
        while (!isTrue(wanted)) {
            assertThat(InstantSource.system().millis())
                    .as("waited for %s", PATIENCE)
                    .isLessThan(until);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** What is not there yet is not as wanted yet. */
    private static boolean isTrue(BooleanSupplier wanted) {
        try {
            return wanted.getAsBoolean();
        } catch (java.util.NoSuchElementException notYet) {
            return false;
        }
    }

    /** Ten of the queue for each replica. */
    private Trigger open(TriggerSpec spec, String namespace, Map<String, String> authentication) {
        if (!spec.type().equals("queue"))
            throw new IllegalArgumentException("type (%s) is not read here".formatted(spec.type()));
        return new Trigger(
                BigDecimal.TEN,
                BigDecimal.ZERO,
                Trigger.MetricType.AVERAGE_VALUE,
                new Queue(spec.metadata().getOrDefault("of", ""), queues),
                List.of());
    }

    private record Queue(String name, Map<String, Optional<BigDecimal>> queues) implements TriggerReader {
        @Override
        public String source() {
            return "queue " + name;
        }

        @Override
        public BigDecimal read(Instant at) throws IngestException {
            return queues.getOrDefault(name, Optional.empty())
                    .orElseThrow(() -> new IngestException(
                            IngestException.Kind.UNREACHABLE, "nobody answers at queue " + name, null));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Queue queue && queue.name.equals(name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    private Outcome apply(Recommendation recommendation) {
        beforeWrite.run();
        var scale = (Recommendation.Scale) recommendation;
        cluster.replicas.put(scale.workload(), scale.to());
        writes.add("%s %d -> %d".formatted(scale.workload().name(), scale.from(), scale.to()));
        return new Outcome.Applied(scale.workload(), "replicas");
    }

    private record NoAuthentication() implements Authentication {
        @Override
        public Map<String, String> parameters(String namespace, TriggerSpec.AuthenticationRef reference) {
            return Map.of();
        }

        @Override
        public void forget(String namespace, TriggerSpec.AuthenticationRef reference) {}
    }

    private static final class FakeCluster implements ScaledWorkloads {
        private final Map<String, TriggeredScaling> objects = new ConcurrentHashMap<>();
        private final Map<WorkloadId, Integer> replicas = new ConcurrentHashMap<>();
        private volatile Optional<String> keda = Optional.empty();
        private volatile Optional<String> refusal = Optional.empty();

        @Override
        public List<TriggeredScaling> objects() {
            return new ArrayList<>(objects.values());
        }

        @Override
        public Map<Owner, String> unreadable() {
            return new HashMap<>();
        }

        @Override
        public Optional<Workload> workload(WorkloadId id) {
            return Optional.ofNullable(replicas.get(id))
                    .map(count -> new Workload(id, count, List.of(), Map.of(), Map.of(), CREATED));
        }

        @Override
        public List<HorizontalAutoscaler> autoscalers() {
            return List.of();
        }

        @Override
        public void onChange(Runnable listener) {}

        @Override
        public Optional<String> kedaOperator() {
            return keda;
        }

        @Override
        public Optional<String> refusal(Workload workload, TriggeredScaling object) {
            return workload.id().name().equals("web") ? refusal : Optional.empty();
        }

        @Override
        public BigDecimal podPricePerHour(Workload workload) {
            return new BigDecimal("0.04");
        }
    }
}
