package io.trimtab.ingest.pushed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.UsageSource;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageQuery;
import io.trimtab.ingest.model.UsageSeries;
import io.trimtab.ingest.model.WorkloadId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushedSamplesTest {
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
    private static final int MOST = 4096;

    private final PushedSamples samples = new PushedSamples(MOST);
    private Instant now = START;
    private final InstantSource clock = () -> now;

    private record Incoming(PushedMetric metric, ContainerId container, long[] moments, double[] amounts)
            implements IncomingSeries {
        @Override
        public long highFingerprint() {
            return mixed(1);
        }

        @Override
        public long lowFingerprint() {
            return mixed(2);
        }

        private long mixed(long salt) {
            long hash = (container.hashCode() * 31L + metric.ordinal() + (salt << 40)) * 0x9e3779b97f4a7c15L;
            return hash ^ hash >>> 29;
        }

        @Override
        public int size() {
            return moments.length;
        }

        @Override
        public long atMillis(int index) {
            return moments[index];
        }

        @Override
        public double amount(int index) {
            return amounts[index];
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void theOrderOfArrivalDoesNotMatter(long seed) throws Exception {
        Random random = new Random(seed);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 350; i++) order.add(i);
        List<UsageBatch> read = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            PushedSamples into = new PushedSamples(MOST);
            for (int i : order) write(into, PushedMetric.CPU, "web-0", -i * 15L, 10_000 - i);
            into.brought(now.toEpochMilli());
            read.add(new PushedUsage(into, clock).read(lastMinutes(80)));
            Collections.shuffle(order, random);
        }
        assertThat(read.get(0).series()).hasSize(1);
        assertThat(read.get(0)).isEqualTo(read.get(1));
    }

    @ParameterizedTest(name = "every {0} s: {1} to {2} minutes are kept")
    @CsvSource({"60, 89, 91", "30, 89, 91", "15, 89, 91", "10, 79, 91", "5, 39, 46"})
    void anHourAndAHalfIsKept(int everySeconds, int least, int most) {
        for (int i = 0; i < 10 * 3600 / everySeconds; i++) {
            now = START.plusSeconds((long) i * everySeconds);
            assertThat(write(samples, PushedMetric.MEMORY, "web-0", 0, i).of(SampleFate.KEPT))
                    .isEqualTo(1);
        }
        samples.brought(now.toEpochMilli());
        samples.forEach(now, series -> {
            int kept = series.samples.size();
            long minutes = 0;
            for (int i = 0; i < kept; i++) {
                long age = now.toEpochMilli() - series.samples.atMillis(i);
                if (age <= PushedSamples.KEPT.toMillis()) minutes = Math.max(minutes, age / 60_000);
            }
            assertThat(minutes).isBetween((long) least, (long) most);
            assertThat(kept).isLessThanOrEqualTo(RecentSamples.MOST);
        });
    }

    @Test
    void aSeriesThatNeverEndsOutlivesTheRangeOfItsMoments() {
        for (int hour = 0; hour < 24 * 60; hour++) {
            now = START.plus(Duration.ofHours(hour));
            write(samples, PushedMetric.MEMORY, "web-0", -60, hour);
            write(samples, PushedMetric.MEMORY, "web-0", 0, hour);
            Instant at = now;
            samples.forEach(now, series -> {
                int last = series.samples.size() - 1;
                assertThat(series.samples.atMillis(last)).isEqualTo(at.toEpochMilli());
                assertThat(series.samples.atMillis(last - 1)).isEqualTo(at.toEpochMilli() - 60_000);
            });
        }
    }

    @Test
    void theLeastRecentlyWrittenMakeRoom() {
        for (int i = 0; i < 2000; i++) write(samples, PushedMetric.MEMORY, "old-" + i, 0, 1);
        now = START.plusSeconds(600);
        for (int i = 0; i < 2500; i++) write(samples, PushedMetric.MEMORY, "new-" + i, 0, 1);
        assertThat(samples.series()).isLessThanOrEqualTo(MOST + MOST / 8);
        assertThat(samples.evicted()).isPositive();
        List<String> kept = new ArrayList<>();
        samples.forEach(now, series -> kept.add(series.container.pod().name()));
        assertThat(kept).filteredOn(pod -> pod.startsWith("new-")).hasSize(2500);
    }

    @Test
    void whatIsBeingWrittenIsNotEvictedForMore() {
        SampleCounts counts = new SampleCounts();
        for (int i = 0; i < 3 * MOST; i++) write(samples, PushedMetric.MEMORY, "web-" + i, 0, 1, counts);
        assertThat(samples.evicted()).isZero();
        assertThat(counts.of(SampleFate.SERIES_LIMIT)).isEqualTo(3 * MOST - samples.series());
        assertThat(counts.of(SampleFate.SERIES_LIMIT)).isPositive();

        now = START.plus(PushedSamples.LOOK_BACK);
        for (int i = 0; i < 3 * MOST; i++) write(samples, PushedMetric.MEMORY, "other-" + i, 0, 1, counts);
        assertThat(samples.evicted()).isZero();
        now = now.plusMillis(1);
        for (int i = 0; i < 3 * MOST; i++) write(samples, PushedMetric.MEMORY, "other-" + i, 0, 1, counts);
        assertThat(samples.evicted()).isPositive();
    }

    @Test
    void whatIsNotWrittenForLongGoes() throws Exception {
        write(samples, PushedMetric.MEMORY, "web-0", 0, 1);
        now = START.plus(PushedSamples.KEPT).plusSeconds(1);
        write(samples, PushedMetric.MEMORY, "web-1", 0, 1);
        samples.brought(now.toEpochMilli());
        new PushedUsage(samples, clock).read(lastMinutes(5));
        assertThat(samples.series()).isEqualTo(1);
        assertThat(samples.evicted()).isZero();
    }

    @Test
    void silenceIsAFailureOfTheSource() throws Exception {
        PushedUsage usage = new PushedUsage(samples, clock);
        assertThatThrownBy(() -> usage.read(lastMinutes(5)))
                .isInstanceOf(IngestException.class)
                .hasMessageContaining("remote_write");
        samples.brought(now.toEpochMilli());
        assertThat(usage.read(lastMinutes(5)).series()).isEmpty();
        now = START.plusSeconds(301);
        assertThatThrownBy(() -> usage.read(lastMinutes(5))).isInstanceOf(IngestException.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        cluster            | web-5d4-abcde shop/db-0 other/web-0
        namespace shop     | web-5d4-abcde shop/db-0
        """)
    void onlyTheScopeIsRead(String scope, String expected) throws Exception {
        for (ContainerId container : List.of(app("shop", "web-5d4-abcde"), app("shop", "db-0"), app("other", "web-0")))
            write(samples, PushedMetric.MEMORY, container, 0, 1, new SampleCounts());
        samples.brought(now.toEpochMilli());
        UsageQuery.Scope of =
                scope.equals("cluster") ? new UsageQuery.Scope.Cluster() : new UsageQuery.Scope.Namespace("shop");
        assertThat(read(of)).hasSize(expected.split(" ").length);
        assertThat(read(new UsageQuery.Scope.OneWorkload(new WorkloadId("shop", "Deployment", "web"))))
                .extracting(UsageSeries::container)
                .containsExactly(app("shop", "web-5d4-abcde"));
    }

    /** Kills as kube-state-metrics tells them; the last end was for memory from the moment 60 s ago on. */
    @Test
    void killsAreRead() throws Exception {
        for (long at = -600; at <= 0; at += 30) {
            boolean killed = at >= -60;
            write(samples, PushedMetric.KILLED, "web-0", at, killed ? 1 : 0);
            write(samples, PushedMetric.RESTARTS, "web-0", at, killed ? 3 : 2);
            write(samples, PushedMetric.MEMORY_REQUEST, "web-0", at, 64 << 20);
            if (killed) write(samples, PushedMetric.LAST_END, "web-0", at, now.getEpochSecond() - 70);
        }
        samples.brought(now.toEpochMilli());
        var kills = new PushedUsage(samples, clock).read(lastMinutes(5)).kills();
        assertThat(kills).hasSize(1);
        assertThat(kills.getFirst().at()).isEqualTo(now.minusSeconds(70));
        assertThat(kills.getFirst().seenAt()).isEqualTo(now.minusSeconds(60));
        assertThat(kills.getFirst().memoryRequest().value()).isEqualTo(64 << 20);
    }

    @Test
    void aStoreAnswersForWhatIsOldAndWhatIsPushedForTheRest() throws Exception {
        List<UsageQuery> asked = new ArrayList<>();
        UsageSource store = query -> {
            asked.add(query);
            return new UsageBatch(
                    List.of(new UsageSeries(
                            app("shop", "web-0"),
                            Resource.MEMORY,
                            new long[] {query.from().getEpochSecond() + 60},
                            new double[] {1})),
                    List.of(),
                    List.of());
        };
        PushedFirst both = new PushedFirst(store, new PushedUsage(samples, clock), clock);
        both.read(lastMinutes(5));
        assertThat(asked).as("nothing is pushed").containsExactly(lastMinutes(5));
        asked.clear();
        for (int i = 0; i <= 60; i++) {
            now = START.plusSeconds(i * 30L);
            write(samples, PushedMetric.MEMORY, "web-0", 0, 2);
            samples.brought(now.toEpochMilli());
        }
        both.read(lastMinutes(5));
        assertThat(asked).as("samples flow for 30 minutes").isEmpty();
        UsageBatch whole = both.read(lastMinutes(60));
        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().to())
                .as("since then plus the window of rates")
                .isEqualTo(START.plusSeconds(300));
        assertThat(whole.series()).hasSize(1);
        double[] amounts = whole.series().getFirst().amounts();
        assertThat(amounts).hasSize(26).startsWith(1).endsWith(2);
    }

    @Test
    void aGaugeOfCoresCountsWhereThereIsNoCounter() throws Exception {
        for (long at = -600; at <= 0; at += 30) {
            write(samples, PushedMetric.CPU_CORES, "gauge", at, at % 60 == 0 ? 1 : 3);
            write(samples, PushedMetric.CPU_CORES, "both", at, 9);
            write(samples, PushedMetric.CPU, "both", at, 600 + at);
        }
        samples.brought(now.toEpochMilli());
        List<UsageSeries> read =
                new PushedUsage(samples, clock).read(lastMinutes(1)).series();
        assertThat(read).hasSize(2);
        assertThat(read.getFirst().container().pod().name()).isEqualTo("both");
        assertThat(read.getFirst().amounts()[0]).isCloseTo(1, within(1e-9));
        assertThat(read.getLast().amounts()[0])
                .as("5 of 3, 6 of 1 in 5 minutes")
                .isCloseTo(21 / 11.0, within(1e-9));
    }

    @ParameterizedTest(name = "saved since {0} s ago, then a pause of {1} s: flows since {2}, of {3} samples")
    @CsvSource({"5400, 60, -1200, 41", "300, 60, -300, 11", "5400, 400, 400, 41"})
    void whatWasPushedSurvivesARestart(int keptSeconds, int pause, int flowsSince, int kept) throws Exception {
        for (long at = -1200; at <= 0; at += 30) write(samples, PushedMetric.CPU, "web-0", at, 1200 + at);
        for (long at = -1200; at <= -900; at += 30) write(samples, PushedMetric.CPU, "old-0", at, 1);
        samples.brought(START.minusSeconds(1200).toEpochMilli());
        samples.brought(START.minusSeconds(900).toEpochMilli());
        for (long at = -900; at <= 0; at += 300)
            samples.brought(START.plusSeconds(at).toEpochMilli());
        PushedSamples after = new PushedSamples(MOST);
        write(after, PushedMetric.CPU, "web-0", 30, 1230);
        restore(after, saved(START.minusSeconds(keptSeconds)));
        assertThat(after.seeds()).isEqualTo(samples.seeds());
        assertThat(after.series()).isEqualTo(keptSeconds > 900 ? 2 : 1);
        now = START.plusSeconds(pause);
        write(after, PushedMetric.CPU, "web-0", 0, 1200 + pause);
        after.brought(now.toEpochMilli());
        assertThat(after.flowingSince(now)).contains(START.plusSeconds(flowsSince));
        after.forEach(now, series -> {
            if (series.container.pod().name().equals("web-0"))
                assertThat(series.samples.size())
                        .as("and the two that came since")
                        .isEqualTo(kept + 2);
        });
        if (pause > 60) return;
        assertThat(new PushedUsage(after, clock)
                        .read(lastMinutes(1))
                        .series()
                        .getFirst()
                        .amounts()[0])
                .as("no gap at the restart")
                .isCloseTo(1, within(1e-9));
    }

    /** As after a restart with a smaller heap. */
    @Test
    void whatThereIsNoRoomForAfterARestartIsCounted() throws Exception {
        PushedSamples larger = new PushedSamples(4 * MOST);
        for (int i = 0; i < 2 * MOST; i++) write(larger, PushedMetric.MEMORY, "web-" + i, 0, 1);
        byte[] saved = saved(larger, START.minusSeconds(60));
        restore(samples, saved);
        assertThat(samples.series()).isBetween(MOST - MOST / 8, MOST + MOST / 8);
        assertThat(samples.notRestored()).isEqualTo(2 * MOST - samples.series());
        PushedSamples asLarge = new PushedSamples(4 * MOST);
        restore(asLarge, saved);
        assertThat(asLarge.notRestored()).isZero();
    }

    @Test
    void whatIsNoStateChangesNothing() throws Exception {
        write(samples, PushedMetric.CPU, "web-0", -30, 1);
        write(samples, PushedMetric.MEMORY, "web-0", -30, PushedSamples.STALE_MARKER);
        samples.brought(START.toEpochMilli());
        byte[] saved = saved(START.minusSeconds(60));
        PushedSamples after = new PushedSamples(MOST);
        FingerprintSeeds before = after.seeds();
        for (int length = 0; length < saved.length; length++) {
            byte[] cut = Arrays.copyOf(saved, length);
            assertThatThrownBy(() -> restore(after, cut)).isInstanceOf(IOException.class);
        }
        assertThat(after.series()).isZero();
        assertThat(after.seeds()).isEqualTo(before);
        restore(after, saved);
        assertThat(saved(after, START.minusSeconds(60))).isEqualTo(saved);
    }

    private byte[] saved(Instant since) throws IOException {
        return saved(samples, since);
    }

    private static byte[] saved(PushedSamples of, Instant since) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        of.save(new DataOutputStream(bytes), since);
        return bytes.toByteArray();
    }

    private static void restore(PushedSamples to, byte[] saved) throws IOException {
        to.restore(new DataInputStream(new ByteArrayInputStream(saved)));
    }

    private List<UsageSeries> read(UsageQuery.Scope scope) throws IngestException {
        return new PushedUsage(samples, clock)
                .read(new UsageQuery(scope, now.minusSeconds(60), now, Duration.ofMinutes(1)))
                .series();
    }

    private UsageQuery lastMinutes(int minutes) {
        return new UsageQuery(
                new UsageQuery.Scope.Cluster(), now.minus(Duration.ofMinutes(minutes)), now, Duration.ofMinutes(1));
    }

    private static ContainerId app(String namespace, String pod) {
        return new ContainerId(new PodId(namespace, pod), "app");
    }

    private SampleCounts write(
            PushedSamples into, PushedMetric metric, String pod, long secondsFromNow, double amount) {
        SampleCounts counts = new SampleCounts();
        long[] moments = {now.plusSeconds(secondsFromNow).toEpochMilli()};
        into.write(new Incoming(metric, app("shop", pod), moments, new double[] {amount}), now, counts);
        return counts;
    }

    private void write(
            PushedSamples into,
            PushedMetric metric,
            String pod,
            long secondsFromNow,
            double amount,
            SampleCounts counts) {
        write(into, metric, app("shop", pod), secondsFromNow, amount, counts);
    }

    private void write(
            PushedSamples into,
            PushedMetric metric,
            ContainerId container,
            long secondsFromNow,
            double amount,
            SampleCounts counts) {
        long[] moments = {now.plusSeconds(secondsFromNow).toEpochMilli()};
        into.write(new Incoming(metric, container, moments, new double[] {amount}), now, counts);
    }
}
