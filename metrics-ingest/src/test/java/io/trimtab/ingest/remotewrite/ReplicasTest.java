package io.trimtab.ingest.remotewrite;

import static io.trimtab.ingest.remotewrite.Answers.fates;
import static io.trimtab.ingest.remotewrite.Answers.received;
import static io.trimtab.ingest.remotewrite.Payload.VERSION_1;
import static io.trimtab.ingest.remotewrite.Payload.VERSION_2;
import static io.trimtab.ingest.remotewrite.Payload.snappy;
import static io.trimtab.ingest.remotewrite.Payload.version1;
import static io.trimtab.ingest.remotewrite.Payload.version2;
import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.ingest.model.UsageQuery;
import io.trimtab.ingest.model.UsageSeries;
import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.ingest.pushed.PushedUsage;
import io.trimtab.ingest.remotewrite.Payload.Point;
import io.trimtab.ingest.remotewrite.Payload.Row;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of requests of pairs whose labels tell them apart, in both versions of the protocol. */
class ReplicasTest {
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
    private static final String CPU = "container_cpu_usage_seconds_total";

    private final PushedSamples samples = new PushedSamples(4096);
    private final ReplicaElection election = new ReplicaElection(ReplicaLabels.USUAL);
    private Instant now = START;
    private final RemoteWrite door = new RemoteWrite(samples, () -> now, election);

    /** After replica a was elected for cluster x: the labels of a second request, what becomes of its two samples, and how many series there are then. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the elected one          | __replica__=a cluster=x                     | KEPT=1 IGNORED=1 | 1
        the other one            | __replica__=b cluster=x                     | DEDUPLICATED=2   | 1
        of another cluster       | __replica__=b cluster=y                     | KEPT=1 IGNORED=1 | 2
        without a cluster        | __replica__=b                               | KEPT=1 IGNORED=1 | 2
        without a replica        | cluster=x                                   | KEPT=1 IGNORED=1 | 1
        an empty name is none    | __replica__= cluster=x                      | KEPT=1 IGNORED=1 | 2
        another pair's label     | prometheus_replica=b cluster=x              | KEPT=1 IGNORED=1 | 2
        """)
    void looksAtTheFirstSeries(String name, String labels, String fates, int series) throws Exception {
        for (String version : List.of(VERSION_1, VERSION_2)) {
            send(version, row("__replica__=a cluster=x", point(0, 1)));
            assertThat(fates(send(version, of("up", labels, point(1, 1)), row(labels, point(1, 2)))))
                    .isEqualTo(fates);
        }
        assertThat(samples.series()).isEqualTo(series);
    }

    /** A proxy may put what two replicas send into one request; nothing is to be lost there. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {VERSION_1, VERSION_2})
    void replicasWithinARequestThatNamesNoneStaySeries(String version) throws Exception {
        for (int second : new int[] {0, 1}) {
            assertThat(fates(send(
                            version,
                            of("up", "job=proxy", point(second, 1)),
                            row("__replica__=a cluster=x", point(second, 1)),
                            row("__replica__=b cluster=x", point(second, 2)))))
                    .isEqualTo("KEPT=2 IGNORED=1");
        }
        assertThat(samples.series()).isEqualTo(2);
        send(version, row("__replica__=a cluster=x", point(2, 1)));
        assertThat(samples.series()).as("that of the pair is another").isEqualTo(3);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {VERSION_1, VERSION_2})
    void whatIsDroppedIsCountedAndCannotBeAtFault(String version) throws Exception {
        send(version, row("__replica__=a", point(0, 1)));
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 100; i++) many.put("l" + i, "v");
        many.put("__name__", CPU);
        WriteAnswer answer = send(
                version,
                row("__replica__=b", point(0, 1), point(1, Double.NaN)),
                Row.of(many, point(0, 1)),
                row("__replica__=b", point(-100_000, 1)));
        assertThat(answer).isInstanceOf(WriteAnswer.Deduplicated.class);
        assertThat(fates(answer)).isEqualTo("DEDUPLICATED=4");
        assertThat(received(answer).samples().accepted()).isEqualTo(4);
        assertThat(door.write(version, "snappy", snappy(new byte[] {5 << 3 | 2, 99, 1 << 3 | 2, 99})))
                .as("what cannot be read is refused from anybody")
                .isInstanceOf(WriteAnswer.Refused.class);
    }

    /**
     * Both scrape a counter that grows by 1 a second, every 15 s, the second one 14 s later with a clock that is 4 s ahead: put together, what they saw would
     * fall each time. After 10 minutes a ends; b takes over with a backlog of 4 minutes. While nobody is listened to, rates end a little early, as PromQL has it.
     */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {VERSION_1, VERSION_2})
    void aTakeoverGoesOnWithTheSameSeries(String version) throws Exception {
        for (int second = 0; second <= 1200; second += 15) {
            if (second <= 600) at(second, version, row("__replica__=a cluster=x", point(second, second)));
            int other = second + 14;
            List<Point> points = new ArrayList<>();
            if (second == 630) for (int i = other - 300; i < other - 59; i += 15) points.add(point(i + 4, i));
            points.add(point(other + 4, other));
            at(other, version, row("__replica__=b cluster=x", points.toArray(Point[]::new)));
        }
        assertThat(samples.series()).isEqualTo(1);
        assertThat(election.takeovers()).isEqualTo(1);
        assertThat(election.elected()).containsExactly(new ReplicaElection.Elected("x", "b", START.plusSeconds(1215)));
        UsageSeries rate = rate(300, 1200);
        assertThat(rate.size()).as("no moment without usage").isEqualTo(900 / 15 + 1);
        for (int i = 0; i < rate.size(); i++)
            assertThat(rate.amounts()[i])
                    .as("cores %d s after the start", rate.atSeconds()[i] - START.getEpochSecond())
                    .isBetween(0.85, 1.05);
    }

    /** What nobody can use does not keep the other one out; nor does what cannot be read. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {VERSION_1, VERSION_2})
    void whoBringsNothingUsableIsReplaced(String version) throws Exception {
        for (int second = 0; second < 120; second += 10) {
            now = START.plusSeconds(second);
            send(version, row("__replica__=a", point(second - 6000, 1), point(second + 700, 1)));
            send(version, of("up", "__replica__=a", point(second, 1)));
            assertThat(door.write(version, "snappy", snappy(cutShort(version, of("up", "__replica__=a")))))
                    .isInstanceOf(WriteAnswer.Refused.class);
            assertThat(fates(send(version, row("__replica__=b", point(second, second)))))
                    .isEqualTo("DEDUPLICATED=1");
        }
        now = START.plusSeconds(120);
        assertThat(fates(send(version, row("__replica__=b", point(120, 120))))).isEqualTo("KEPT=1");
        assertThat(fates(send(version, row("__replica__=a", point(121, 1))))).isEqualTo("DEDUPLICATED=1");
    }

    /** The kubelet of one node dates its samples 9 minutes ahead. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {VERSION_1, VERSION_2})
    void aFastClockHoldsUpNoOtherSeries(String version) throws Exception {
        send(version, row("__replica__=a", point(0, 1)), row("__replica__=a node=fast", point(540, 1)));
        now = START.plusSeconds(30);
        assertThat(fates(send(
                        version,
                        row("__replica__=b", point(0, 2), point(30, 2)),
                        row("__replica__=b node=fast", point(540, 2), point(570, 2)))))
                .isEqualTo("KEPT=2 DEDUPLICATED=2");
        assertThat(samples.series()).isEqualTo(2);
        assertThat(fates(send(version, row("__replica__=b", point(29, 2)))))
                .as("what it sends out of order within its own time")
                .isEqualTo("KEPT=1");
    }

    /** The samples come back, who was elected does not. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {VERSION_1, VERSION_2})
    void aSeriesGoesOnAfterARestart(String version) throws Exception {
        for (int second = 0; second <= 300; second += 15)
            at(second, version, row("__replica__=a", point(second, second)));
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        samples.save(new DataOutputStream(saved), START);
        PushedSamples restored = new PushedSamples(4096);
        restored.restore(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
        RemoteWrite next = new RemoteWrite(restored, () -> now, new ReplicaElection(ReplicaLabels.USUAL));
        now = START.plusSeconds(310);
        Row backlog = row("__replica__=b", point(288, 284), point(300, 296), point(303, 299), point(318, 314));
        WriteAnswer answer = next.write(version, "snappy", snappy(message(version, backlog)));
        assertThat(fates(answer)).isEqualTo("KEPT=2 DEDUPLICATED=2");
        assertThat(restored.series()).isEqualTo(1);
    }

    private void at(int second, String version, Row row) throws Exception {
        now = START.plusSeconds(second + 1);
        send(version, row);
        now = START.plusSeconds(second);
    }

    private UsageSeries rate(int from, int to) throws Exception {
        now = START.plusSeconds(to);
        var query = new UsageQuery(
                new UsageQuery.Scope.Cluster(), START.plusSeconds(from - 15), now, Duration.ofSeconds(15));
        List<UsageSeries> series =
                new PushedUsage(samples, () -> now).read(query).series();
        assertThat(series).hasSize(1);
        return series.getFirst();
    }

    private WriteAnswer send(String version, Row... rows) throws InterruptedException {
        return door.write(version, "snappy", snappy(message(version, rows)));
    }

    private static byte[] message(String version, Row... rows) {
        return version.equals(VERSION_1) ? version1(List.of(rows)) : version2(List.of(rows));
    }

    /** Followed by the head of a series that is not there. */
    private static byte[] cutShort(String version, Row row) {
        byte[] whole = message(version, row);
        byte[] cut = Arrays.copyOf(whole, whole.length + 2);
        cut[whole.length] = (byte) (version.equals(VERSION_1) ? 1 << 3 | 2 : 5 << 3 | 2);
        cut[whole.length + 1] = 99;
        return cut;
    }

    private static Row row(String labels, Point... points) {
        return of(CPU, labels + " namespace=shop pod=web container=app", points);
    }

    private static Row of(String metric, String labels, Point... points) {
        Map<String, String> all = new HashMap<>(Map.of("__name__", metric));
        Arrays.stream(labels.split(" "))
                .map(label -> label.split("=", 2))
                .forEach(label -> all.put(label[0], label[1]));
        return Row.of(all, points);
    }

    private static Point point(long secondsFromStart, double amount) {
        return new Point(START.plusSeconds(secondsFromStart).toEpochMilli(), amount);
    }
}
