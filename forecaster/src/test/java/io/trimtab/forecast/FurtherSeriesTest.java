package io.trimtab.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.forecast.online.Holidays;
import io.trimtab.forecast.online.Level;
import io.trimtab.forecast.online.Outlook;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Namespace;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FurtherSeriesTest {
    private static final Instant START = Instant.parse("2026-11-09T00:00:00Z");
    private static final WorkloadId WEB = new WorkloadId("shop", "Deployment", "web");
    private static final DemandSubject ORDERS = DemandSubject.of(WEB, DemandKind.QUEUE_LENGTH, "orders");
    private static final DemandSubject REPLICAS = DemandSubject.of(WEB, DemandKind.REPLICAS, "");
    private static final DemandSubject SPEND = new DemandSubject(Scope.NAMESPACE, "shop", DemandKind.SPEND);

    @Test
    void listsWhatAScopeHasByKindAndSaysWhatIsToCome() {
        FurtherSeries series = new FurtherSeries();
        for (int minute = 0; minute < 3 * 1440; minute++) {
            Instant at = START.plus(Duration.ofMinutes(minute));
            series.feed(REPLICAS, at, 3);
            series.feed(ORDERS, at, minute % 1440 < 720 ? 10 : 40);
            series.feed(SPEND, at, 0.5);
            if (minute % 60 == 59) series.round(snapshot(at, "shop", "web"), Holidays.NONE);
        }
        List<DemandOutlook> outlooks = series.outlooks(Scope.WORKLOAD, WEB.toString());
        assertThat(outlooks).extracting(DemandOutlook::subject).containsExactly(ORDERS, REPLICAS);
        assertThat(p95InAnHour(outlooks.getFirst())).isBetween(9.0, 45.0);
        assertThat(p95InAnHour(outlooks.getLast())).isBetween(3.0, 3.1);
        assertThat(outlooks.getFirst().series().said()).hasSizeGreaterThan(40);
        Map<String, Outlook> ahead = series.ahead(Scope.WORKLOAD, DemandKind.REPLICAS, Duration.ofMinutes(3));
        assertThat(ahead).containsOnlyKeys(WEB.toString());
        assertThat(Objects.requireNonNull(ahead.get(WEB.toString())).maximum(Level.P95))
                .as("a count that never changes is no more than noise above itself")
                .isBetween(3.0, 3.05);
        assertThat(series.ahead(Scope.WORKLOAD, DemandKind.QUEUE_LENGTH, Duration.ofMinutes(3)))
                .as("of a trigger, of which there may be several")
                .isEmpty();
        assertThat(AccuracyOverview.of(Map.of(), series).byKind())
                .extracting(it ->
                        "%s %s %d".formatted(it.scope(), it.kind(), it.typical().series()))
                .containsExactly(
                        "container cpu 0",
                        "container memory 0",
                        "workload queue_length 1",
                        "workload replicas 1",
                        "namespace spend 1");
        assertThat(AccuracyOverview.of(Map.of(), series).overall().series()).isEqualTo(3);
    }

    /** A trigger must not wait for fits of what it does not feed: they take milliseconds each, and there may be thousands. One of them is held up here until the trigger has fed. */
    @Test
    void aTriggerFeedsWhileAnotherSeriesIsFitted() throws Exception {
        FurtherSeries series = new FurtherSeries();
        Instant end = START.plus(Duration.ofHours(8));
        List<DemandSubject> queues = IntStream.range(0, 400)
                .mapToObj(queue -> DemandSubject.of(WEB, DemandKind.QUEUE_LENGTH, "queue " + queue))
                .toList();
        for (int minute = 0; minute <= 480; minute++)
            for (DemandSubject queue : queues) series.feed(queue, START.plus(Duration.ofMinutes(minute)), 7);
        Instant later = end.plus(Duration.ofHours(2));
        series.due(end.minus(Duration.ofHours(1)));
        List<Followed> fitted = series.due(end);
        assertThat(fitted).hasSizeGreaterThan(50);
        Followed last = fitted.getLast();
        Thread round = new Thread(() -> series.round(snapshot(later, "shop", "web"), Holidays.NONE));
        Thread trigger = new Thread(() -> series.feed(REPLICAS, later, 3));
        round.start();
        // From then on it is past what it does before it fits.
        while (fitted.stream().allMatch(one -> one.dueSince().isPresent())) Thread.onSpinWait();
        synchronized (last) {
            assertThat(last.dueSince()).as("its turn is to come").isPresent();
            trigger.start();
            assertThat(trigger.join(Duration.ofSeconds(10))).as("fed in time").isTrue();
            assertThat(round.isAlive()).isTrue();
        }
        round.join();
        assertThat(last.dueSince()).isEmpty();
        assertThat(series.names(Scope.WORKLOAD, DemandKind.REPLICAS)).hasSize(1);
    }

    @Test
    void forgetsWhatIsGoneOrSilentForFourWeeks() {
        FurtherSeries series = new FurtherSeries();
        for (DemandSubject subject : List.of(ORDERS, SPEND)) series.feed(subject, START, 1);
        series.round(snapshot(START.plusSeconds(60), "shop"), Holidays.NONE);
        assertThat(series.outlooks(Scope.WORKLOAD, WEB.toString())).isEmpty();
        assertThat(series.names(Scope.NAMESPACE, DemandKind.SPEND)).containsExactly("shop");
        series.round(snapshot(START.plus(Duration.ofDays(28)), "shop"), Holidays.NONE);
        assertThat(series.room().series()).isEqualTo(1);
        series.round(snapshot(START.plus(Duration.ofDays(28)).plusSeconds(1), "shop"), Holidays.NONE);
        assertThat(series.room().series()).isZero();
    }

    @Test
    void leavesOutAndCountsWhatFindsNoRoom() {
        FurtherSeries series = new FurtherSeries(2);
        for (int i = 0; i < 5; i++)
            for (DemandSubject subject : List.of(ORDERS, REPLICAS, SPEND))
                series.feed(subject, START.plusSeconds(60L * i), 1);
        assertThat(series.room()).isEqualTo(new FurtherSeries.Room(2, 2, 5));
        assertThat(series.outlooks(Scope.NAMESPACE, "shop")).isEmpty();
        series.round(snapshot(START.plusSeconds(300), "shop"), Holidays.NONE);
        series.feed(SPEND, START.plusSeconds(300), 1);
        assertThat(series.outlooks(Scope.NAMESPACE, "shop")).hasSize(1);
    }

    @Test
    void nothingNegativeOrWithoutNumberIsLearned() {
        FurtherSeries series = new FurtherSeries();
        for (double value : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) series.feed(ORDERS, START, value);
        assertThat(series.outlooks(Scope.WORKLOAD, WEB.toString())).isEmpty();
    }

    @Test
    void aRestartChangesNothingAndACutOffStateIsRefused() {
        FurtherSeries series = new FurtherSeries(2);
        Random random = new Random(3);
        for (int minute = 0; minute < 1000; minute++)
            for (DemandSubject subject : List.of(ORDERS, SPEND, REPLICAS))
                series.feed(subject, START.plus(Duration.ofMinutes(minute)), random.nextInt(50));
        byte[] saved = saved(series);
        FurtherSeries restored = new FurtherSeries(2);
        restored.read(new StateReader(saved));
        assertThat(restored.room()).isEqualTo(series.room());
        for (FurtherSeries one : List.of(series, restored)) one.feed(ORDERS, START.plus(Duration.ofHours(17)), 7);
        assertThat(p95InAnHour(restored.outlooks(Scope.WORKLOAD, WEB.toString()).getFirst()))
                .isEqualTo(p95InAnHour(
                        series.outlooks(Scope.WORKLOAD, WEB.toString()).getFirst()));
        for (int length = 0; length < saved.length; length += 31) {
            StateReader cut = new StateReader(Arrays.copyOf(saved, length));
            assertThatIllegalArgumentException().isThrownBy(() -> restored.read(cut));
        }
        assertThat(restored.room()).isEqualTo(series.room());
    }

    /** An amount may be larger than a float can be. */
    @Test
    void whatIsHugeIsShownAndSavedAsAFiniteAmount() {
        FurtherSeries series = new FurtherSeries();
        for (int minute = 0; minute <= 600; minute++) {
            Instant at = START.plus(Duration.ofMinutes(minute));
            series.feed(ORDERS, at, 1e39);
            series.round(snapshot(at, "shop", "web"), Holidays.NONE);
        }
        FurtherSeries restored = new FurtherSeries();
        restored.read(new StateReader(saved(series)));
        for (FurtherSeries one : List.of(series, restored)) {
            SeriesOutlook orders =
                    one.outlooks(Scope.WORKLOAD, WEB.toString()).getFirst().series();
            assertThat(orders.said())
                    .hasSizeGreaterThan(3)
                    .allSatisfy(hour -> assertThat(hour.p95()).isFinite().isGreaterThan(1e38));
            assertThat(orders.ahead()).allSatisfy(ahead -> {
                for (Level level : Level.values())
                    assertThat(ahead.outlook().maximum(level)).isFinite();
            });
            assertThat(Arrays.stream(orders.means()).max().orElseThrow()).isFinite();
        }
    }

    @Test
    void whatHugeMembersNeedTogetherIsFinite() {
        Followed huge = new Followed();
        huge.add(START.getEpochSecond(), Double.MAX_VALUE);
        FurtherSeries series = new FurtherSeries();
        series.feed(SPEND, START, 1);
        DemandOutlook sum = series.outlooks(Scope.NAMESPACE, "shop").getFirst();
        Members.Member member = new Members.Member(huge, 1);
        assertThat(Members.pooling(sum, List.of(member, member)).orElseThrow().p95())
                .isNotEmpty()
                .allSatisfy(joint -> assertThat(joint.toString()).doesNotContain("Infinity"));
    }

    private static byte[] saved(FurtherSeries series) {
        StateWriter writer = new StateWriter();
        series.write(writer);
        return writer.toBytes();
    }

    private static double p95InAnHour(DemandOutlook outlook) {
        return outlook.series().ahead().stream()
                .filter(ahead -> ahead.horizon().equals(Duration.ofHours(1)))
                .findFirst()
                .orElseThrow()
                .outlook()
                .value(Level.P95);
    }

    private static ClusterSnapshot snapshot(Instant at, String namespace, String... workloads) {
        return new ClusterSnapshot(
                at,
                Stream.of(workloads)
                        .map(name -> new Workload(
                                new WorkloadId(namespace, "Deployment", name), 1, List.of(), Map.of(), Map.of(), START))
                        .toList(),
                List.of(),
                List.of(),
                List.of(),
                List.of(new Namespace(namespace, Map.of())));
    }
}
