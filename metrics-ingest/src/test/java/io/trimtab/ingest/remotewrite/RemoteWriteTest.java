package io.trimtab.ingest.remotewrite;

import static io.trimtab.ingest.remotewrite.Answers.fates;
import static io.trimtab.ingest.remotewrite.Answers.received;
import static io.trimtab.ingest.remotewrite.Payload.VERSION_1;
import static io.trimtab.ingest.remotewrite.Payload.VERSION_2;
import static io.trimtab.ingest.remotewrite.Payload.snappy;
import static io.trimtab.ingest.remotewrite.Payload.version1;
import static io.trimtab.ingest.remotewrite.Payload.version2;
import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.UsageQuery;
import io.trimtab.ingest.model.UsageSeries;
import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.ingest.pushed.PushedUsage;
import io.trimtab.ingest.pushed.SampleFate;
import io.trimtab.ingest.remotewrite.Payload.Point;
import io.trimtab.ingest.remotewrite.Payload.Row;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteWriteTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String MEMORY = "container_memory_working_set_bytes";

    private final PushedSamples samples = new PushedSamples(4096);
    private final RemoteWrite door =
            new RemoteWrite(samples, InstantSource.fixed(NOW), new ReplicaElection(ReplicaLabels.USUAL));

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        memory of a container         | container_memory_working_set_bytes    | web | app | 0     | KEPT
        its CPU                       | container_cpu_usage_seconds_total     | web | app | 0     | KEPT
        its restarts                  | kube_pod_container_status_restarts_total | web | app | 0  | KEPT
        the pause container           | container_memory_working_set_bytes    | web | POD | 0     | IGNORED
        the pod's sum                 | container_memory_working_set_bytes    | web | ''  | 0     | IGNORED
        a node's cgroup               | container_memory_working_set_bytes    | ''  | ''  | 0     | IGNORED
        another metric                | container_memory_usage_bytes          | web | app | 0     | IGNORED
        a request of something else   | kube_pod_container_resource_requests  | web | app | 0     | IGNORED
        no name                       | ''                                    | web | app | 0     | UNNAMED_SERIES
        as far ahead as may be        | container_memory_working_set_bytes    | web | app | 600   | KEPT
        too far ahead                 | container_memory_working_set_bytes    | web | app | 601   | FUTURE
        as old as may be              | container_memory_working_set_bytes    | web | app | -5400 | KEPT
        too old                       | container_memory_working_set_bytes    | web | app | -5401 | TOO_OLD
        1970                          | container_memory_working_set_bytes    | web | app | -1795521600 | TOO_OLD
        """)
    void tellsWhatBecomesOfASample(
            String name, String metric, String pod, String container, long secondsFromNow, SampleFate fate)
            throws Exception {
        Point point = point(secondsFromNow, 5);
        Row row = metric.isEmpty()
                ? Row.of(Map.of("namespace", "shop", "pod", pod, "container", container), point)
                : Row.of(metric, "shop", pod, container, point);
        for (String version : List.of(VERSION_1, VERSION_2))
            assertThat(fates(send(version, row))).isEqualTo(fate + "=1");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "NaN, NOT_FINITE=1",
        "Infinity, NOT_FINITE=1",
        "-Infinity, NOT_FINITE=1",
        "-1, NEGATIVE=1",
        "0, KEPT=1",
        "-0.0, KEPT=1"
    })
    void refusesWhatNoCounterCanBe(double amount, String fates) throws Exception {
        assertThat(fates(send(VERSION_1, Row.of(MEMORY, "shop", "web", "app", point(0, amount)))))
                .isEqualTo(fates);
    }

    @Test
    void keepsWhatHasTheWantedLabelOnly() throws Exception {
        for (String version : List.of(VERSION_1, VERSION_2)) {
            assertThat(fates(send(
                            version,
                            filtered("kube_pod_container_resource_requests", "resource", "memory"),
                            filtered("kube_pod_container_resource_requests", "resource", "cpu"),
                            filtered("kube_pod_container_status_last_terminated_reason", "reason", "OOMKilled"),
                            filtered("kube_pod_container_status_last_terminated_reason", "reason", "Completed"))))
                    .isEqualTo("KEPT=2 IGNORED=2");
        }
        assertThat(samples.series())
                .as("both versions speak of the same series")
                .isEqualTo(2);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        with suffixes      | container_cpu_time_seconds_total   | k8s_pod_name=web | KEPT
        without suffixes   | container_cpu_time                 | k8s_pod_name=web | KEPT
        a gauge in cores   | container_cpu_usage                | k8s_pod_name=web | KEPT
        a part of the time | container_cpu_time_seconds_total   | k8s_pod_name=web cpu_mode=user | IGNORED
        no mode            | container_cpu_time_seconds_total   | k8s_pod_name=web cpu_mode= | KEPT
        its scraper's pod  | container_memory_working_set_bytes | k8s_pod_name=web namespace=otel pod=collector container=otc | KEPT
        another's labels   | container_cpu_usage_seconds_total  | k8s_pod_name=web | IGNORED
        """)
    void knowsWhatOpenTelemetryNamesWereTranslatedTo(String name, String metric, String labels, SampleFate fate)
            throws Exception {
        var all = new HashMap<>(Map.of("__name__", metric, "k8s_namespace_name", "shop", "k8s_container_name", "app"));
        for (String label : labels.split(" ")) {
            String[] parts = label.split("=", 2);
            all.put(parts[0], parts[1]);
        }
        for (String version : List.of(VERSION_1, VERSION_2))
            assertThat(fates(send(version, Row.of(all, point(0, 5))))).isEqualTo(fate + "=1");
        if (metric.equals(MEMORY))
            assertThat(read(0).getFirst().container()).isEqualTo(new ContainerId(new PodId("shop", "web"), "app"));
    }

    @Test
    void aStaleMarkerIsKeptAndEndsTheSeries() throws Exception {
        double stale = Double.longBitsToDouble(0x7ff0000000000002L);
        send(VERSION_1, Row.of(MEMORY, "shop", "web", "app", point(-120, 7), point(-60, stale)));
        assertThat(memoryAt(-60, 0)).isEqualTo("-60 s: none, 0 s: none");
        send(VERSION_1, Row.of(MEMORY, "shop", "web", "app", point(-30, 8)));
        assertThat(memoryAt(-120, 0)).isEqualTo("-120 s: 7.0, 0 s: 8.0");
    }

    @Test
    void theSameSampleAgainIsNoTroubleAndAnotherForItsMomentIs() throws Exception {
        Row row = Row.of(MEMORY, "shop", "web", "app", point(0, 7));
        assertThat(fates(send(VERSION_1, row))).isEqualTo("KEPT=1");
        assertThat(fates(send(VERSION_2, row))).isEqualTo("KEPT=1");
        WriteAnswer answer = send(VERSION_1, Row.of(MEMORY, "shop", "web", "app", point(0, 8), point(1, 9)));
        assertThat(fates(answer)).isEqualTo("KEPT=1 CONFLICTING=1");
        assertThat(answer)
                .isInstanceOfSatisfying(
                        WriteAnswer.Partly.class,
                        partly -> assertThat(partly.reasons()).startsWith("1 another value for a moment that has one"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {VERSION_1, VERSION_2})
    void writesWhatItCanOfARequest(String version) throws Exception {
        Map<String, String> many = IntStream.range(0, 10_000).boxed().collect(Collectors.toMap(i -> "l" + i, i -> "v"));
        List<Map.Entry<String, String>> unordered =
                List.of(Map.entry("__name__", MEMORY), Map.entry("pod", "web"), Map.entry("container", "app"));
        List<Map.Entry<String, String>> twice =
                List.of(Map.entry("__name__", MEMORY), Map.entry("pod", "web"), Map.entry("pod", "web"));
        assertThat(fates(send(
                        version,
                        Row.of(with(Map.copyOf(many), "__name__", MEMORY), point(0, 1)),
                        Row.of(with(many, "__name__", "up"), point(0, 1)),
                        Row.of(with(Map.of("pod", "x".repeat(1 << 20)), "__name__", MEMORY), point(0, 1)),
                        Row.of(MEMORY, "shop", "x".repeat(254), "app", point(0, 1)),
                        new Row(unordered, List.of(point(0, 1))),
                        new Row(twice, List.of(point(0, 1))),
                        Row.of(MEMORY, "shop", "web", "app", point(0, 1)))))
                .isEqualTo("KEPT=1 TOO_MANY_LABELS=2 LABEL_TOO_LONG=2 LABELS_UNORDERED=2");
    }

    @Test
    void unknownFieldsAndAnyOrderOfFieldsDoNotMatter() throws Exception {
        byte[] message = new Payload()
                .message(3, metadata -> metadata.text(2, "up").number(1, 2))
                .number(77, 12)
                .message(
                        1,
                        series -> series.message(
                                        2, sample -> sample.point(point(0, 3)).text(9, "new"))
                                .fixed64(78, 1)
                                .message(3, exemplar -> exemplar.fixed64(2, 1))
                                .message(4, histogram -> histogram.number(1, 12))
                                .message(1, label -> label.text(2, MEMORY).text(1, "__name__"))
                                .message(
                                        1,
                                        label -> label.text(1, "container")
                                                .text(2, "app")
                                                .number(5, 1))
                                .message(1, label -> label.text(1, "namespace").text(2, "shop"))
                                .message(1, label -> label.text(1, "pod").text(2, "web")))
                .toBytes();
        WriteAnswer answer = door.write("application/x-protobuf", "snappy", snappy(message));
        assertThat(fates(answer)).isEqualTo("KEPT=1");
        assertThat(received(answer).exemplars()).isEqualTo(1);
        assertThat(received(answer).histograms()).isEqualTo(1);
        assertThat(memoryAt(0)).isEqualTo("0 s: 3.0");
    }

    @Test
    void version2MayHaveItsTableLast() throws Exception {
        byte[] message = new Payload()
                .message(
                        5,
                        series -> series.number(1, 1)
                                .number(1, 2)
                                .message(
                                        1,
                                        packed -> packed.varint(3)
                                                .varint(4)
                                                .varint(5)
                                                .varint(6)
                                                .varint(7)
                                                .varint(4))
                                .message(2, sample -> sample.point(point(0, 3))))
                .text(4, "")
                .text(4, "__name__")
                .text(4, MEMORY)
                .text(4, "container")
                .text(4, "web")
                .text(4, "namespace")
                .text(4, "shop")
                .text(4, "pod")
                .toBytes();
        assertThat(fates(door.write(VERSION_2, "snappy", snappy(message)))).isEqualTo("KEPT=1");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        application/json                                                 | snappy | WRONG_TYPE
        ""                                                               | snappy | WRONG_TYPE
        application/x-protobuf;proto=io.prometheus.write.v3.Request      | snappy | WRONG_TYPE
        application/x-protobuf                                           | zstd   | WRONG_ENCODING
        application/x-protobuf                                           | ""     | WRONG_ENCODING
        application/x-protobuf; charset=x; PROTO=prometheus.WriteRequest | Snappy | CORRUPT_SNAPPY
        """)
    void refusesWhatItCannotRead(String type, String encoding, RequestFault fault) throws Exception {
        assertThat(fault(door.write(type, encoding, new byte[0]))).isEqualTo(fault);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a length that it cannot have  | ffffffff07 | TOO_LARGE
        more than 4 GiB               | ffffffff7f | CORRUPT_SNAPPY
        a bomb of 17 MiB              | 8080c008fe0100 | TOO_LARGE
        too short for its length      | 808004fe01 | CORRUPT_SNAPPY
        a copy from before the start  | 0801610504 | CORRUPT_SNAPPY
        a literal that ends early     | 0a1461 | CORRUPT_SNAPPY
        no message                    | 040cffffffff | MALFORMED
        a group                       | 0100 0b | MALFORMED
        """)
    void refusesCorruptBytes(String name, String hex, RequestFault fault) throws Exception {
        byte[] body = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThat(fault(door.write(VERSION_1, "snappy", body))).isEqualTo(fault);
        assertThat(fault(door.write(VERSION_2, "snappy", body))).isEqualTo(fault);
    }

    @Test
    void refusesTooMuchAndGoesOn() throws Exception {
        assertThat(fault(door.write(VERSION_1, "snappy", new byte[RemoteWrite.MOST_BYTES + 1])))
                .isEqualTo(RequestFault.TOO_LARGE);
        assertThat(fault(door.write(VERSION_1, "snappy", snappy(new byte[RemoteWrite.MOST_DECOMPRESSED_BYTES + 1]))))
                .isEqualTo(RequestFault.TOO_LARGE);
        assertThat(fates(send(VERSION_1, Row.of(MEMORY, "shop", "web", "app", point(0, 7)))))
                .isEqualTo("KEPT=1");
    }

    /** A few bytes can stand for much: with snappy, a body below 1 MB for 16 MiB of empty texts or samples. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        texts of version 2          | 2200 | io.prometheus.write.v2.Request
        samples of version 1        | 1200 | prometheus.WriteRequest
        samples of version 2        | 1200 | io.prometheus.write.v2.Request
        """)
    void manyEmptyElementsTakeLittleMemory(String name, String element, String message) throws Exception {
        byte[] elements = new byte[RemoteWrite.MOST_DECOMPRESSED_BYTES - 16];
        byte[] one = HexFormat.of().parseHex(element);
        for (int i = 0; i < elements.length; i++) elements[i] = one[i % one.length];
        boolean texts = name.startsWith("texts");
        int series = message.equals("prometheus.WriteRequest") ? 1 : 5;
        byte[] body =
                snappy(texts ? elements : new Payload().bytes(series, elements).toBytes());
        assertThat(body).hasSizeLessThan(1 << 20);
        String type = "application/x-protobuf;proto=" + message;
        door.write(type, "snappy", body);
        var thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        WriteAnswer answer = door.write(type, "snappy", body);
        long allocated = thread.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated)
                .as("beside the decompressed request")
                .isLessThan(RemoteWrite.MOST_DECOMPRESSED_BYTES + (12 << 20));
        if (texts) assertThat(fault(answer)).isEqualTo(RequestFault.MALFORMED);
        else assertThat(fates(answer)).isEqualTo("TOO_MANY_SAMPLES=" + elements.length / 2);
    }

    /** Labels of a series that was recognised are read again when more follow its samples; what it was refused for must stand. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"10000, KEPT=10000", "10001, TOO_MANY_SAMPLES=10001"})
    void aSeriesMayHaveAsManySamples(int count, String expected) throws Exception {
        assertThat(fates(send(VERSION_1, Row.of(MEMORY, "shop", "web", "app", point(0, 7)))))
                .isEqualTo("KEPT=1");
        byte[] known = version1(List.of(Row.of(MEMORY, "shop", "web", "app")));
        byte[] labels = Arrays.copyOfRange(known, 2, known.length);
        byte[] sample =
                new Payload().message(2, each -> each.point(point(0, 7))).toBytes();
        ByteArrayOutputStream series = new ByteArrayOutputStream();
        series.writeBytes(labels);
        for (int i = 0; i < count; i++) series.writeBytes(sample);
        series.writeBytes(new Payload()
                .message(1, label -> label.text(1, "zone").text(2, "a"))
                .toBytes());
        byte[] message = new Payload().bytes(1, series.toByteArray()).toBytes();
        assertThat(fates(door.write(VERSION_1, "snappy", snappy(message)))).isEqualTo(expected);
    }

    /** While usage flows Trimtab does not ask a Prometheus. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        kept             | container_memory_working_set_bytes   | 0      | 7        | true
        NaN              | container_memory_working_set_bytes   | 0      | NaN      | false
        negative         | container_memory_working_set_bytes   | 0      | -7       | false
        the future       | container_memory_working_set_bytes   | 3600   | 7        | false
        too old          | container_memory_working_set_bytes   | -36000 | 7        | false
        no usage         | kube_pod_container_status_restarts_total | 0  | 1        | false
        """)
    void onlyUsageThatIsKeptFlows(String name, String metric, long second, double amount, boolean flows)
            throws Exception {
        send(VERSION_1, Row.of(metric, "shop", "web", "app", point(second, amount)));
        assertThat(samples.flowingSince(NOW).isPresent()).isEqualTo(flows);
    }

    @Test
    void everyShorterRequestIsRefusedOrReadInPart() throws Exception {
        for (String version : List.of(VERSION_1, VERSION_2)) {
            byte[] whole = message(version, List.of(Row.of(MEMORY, "shop", "web", "app", point(0, 7))));
            for (int length = 1; length < whole.length; length++) {
                WriteAnswer answer = door.write(version, "snappy", snappy(Arrays.copyOf(whole, length)));
                assertThat(answer).as("%d of %d bytes", length, whole.length).isNotNull();
                if (version.equals(VERSION_1)) assertThat(fault(answer)).isEqualTo(RequestFault.MALFORMED);
            }
        }
    }

    /** No bytes make it throw, hang, or hold more than it may. {@code -Dtrimtab.fuzz.rounds=10000000} tries for an hour. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void anyBytesAreAnswered(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        List<Row> rows = IntStream.range(0, 20)
                .mapToObj(i -> Row.of(MEMORY, "shop", "web-" + i, "app", point(-i, i), point(-i - 15, i)))
                .toList();
        for (int i = 0; i < Integer.getInteger("trimtab.fuzz.rounds", 10_000); i++) {
            String version = random.nextBoolean() ? VERSION_1 : VERSION_2;
            boolean mutateCompressed = random.nextInt(4) == 0;
            byte[] message = message(version, rows);
            if (!mutateCompressed) mutate(message, random);
            byte[] body = snappy(message);
            if (mutateCompressed) mutate(body, random);
            assertThat(door.write(version, "snappy", body)).isNotNull();
        }
        assertThat(samples.series()).isLessThanOrEqualTo(4096 + 512);
    }

    private static void mutate(byte[] bytes, SplittableRandom random) {
        for (int left = random.nextInt(1, 5); left > 0; left--)
            bytes[random.nextInt(Math.min(bytes.length, random.nextInt(1, bytes.length + 1)))] =
                    (byte) random.nextInt();
    }

    private static Row filtered(String metric, String label, String value) {
        return Row.of(
                Map.of("__name__", metric, "namespace", "shop", "pod", "web", "container", "app", label, value),
                point(0, 1));
    }

    private static Map<String, String> with(Map<String, String> labels, String name, String value) {
        var all = new HashMap<>(labels);
        all.put(name, value);
        return all;
    }

    private static Point point(long secondsFromNow, double amount) {
        return new Point(NOW.plusSeconds(secondsFromNow).toEpochMilli(), amount);
    }

    private static byte[] message(String version, List<Row> rows) {
        return version.equals(VERSION_1) ? version1(rows) : version2(rows);
    }

    private WriteAnswer send(String version, Row... rows) throws InterruptedException {
        return door.write(version, "snappy", snappy(message(version, List.of(rows))));
    }

    private static RequestFault fault(WriteAnswer answer) {
        assertThat(answer).isInstanceOf(WriteAnswer.Refused.class);
        WriteAnswer.Refused refused = (WriteAnswer.Refused) answer;
        assertThat(refused.detail()).isNotBlank();
        return refused.fault();
    }

    /** Of the container app of web, at moments in seconds from now. */
    private String memoryAt(long... secondsFromNow) throws Exception {
        List<String> found = new ArrayList<>();
        for (long second : secondsFromNow) {
            var series = read(second);
            found.add("%d s: %s"
                    .formatted(
                            second,
                            series.isEmpty() ? "none" : series.getFirst().amounts()[0]));
        }
        return String.join(", ", found);
    }

    private List<UsageSeries> read(long secondsFromNow) throws Exception {
        Instant at = NOW.plusSeconds(secondsFromNow);
        var query = new UsageQuery(new UsageQuery.Scope.Cluster(), at.minusSeconds(1), at, Duration.ofSeconds(1));
        return new PushedUsage(samples, InstantSource.fixed(NOW)).read(query).series();
    }
}
