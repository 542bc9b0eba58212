package io.trimtab.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.trimtab.cost.units.Bytes;
import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.OutOfMemoryKill;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageSeries;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A forecaster that was saved and restored is the one that was not. */
class ForecasterStateTest {
    private static final Instant START = Instant.parse("2026-11-10T00:00:00Z");
    private static final int HOURS = 60;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aRestartChangesNothing(long seed) {
        Random random = new Random(seed);
        HistogramForecaster whole = new HistogramForecaster();
        HistogramForecaster restarted = new HistogramForecaster();
        for (int hour = 0; hour < HOURS; hour++) {
            ClusterSnapshot snapshot = snapshot(START.plus(Duration.ofHours(hour + 1)));
            UsageBatch batch = batch(START.plus(Duration.ofHours(hour)), random);
            whole.observe(batch, snapshot);
            restarted.observe(batch, snapshot);
            if (random.nextInt(8) == 0) restarted = restored(saved(restarted));
            assertThat(saved(restarted)).hasSameSizeAs(saved(whole));
            assertThat(said(restarted, snapshot)).isEqualTo(said(whole, snapshot));
        }
    }

    /** What version 1 wrote of the samples that {@link #small} has seen; it knew no days. */
    static final byte[] VERSION_1 = HexFormat.of().parseHex("""
        02000473686f70000a4465706c6f796d656e74000377656200036170700180fa92af0db001af010001ffdb8ff9ce03000000000000000000b001af010001ffdb
        8ff9ce030000000000000000000000000102000463617274040180fa92af0db001102b0180fa92af0d3fd39337b29aab0e02103fb999999999999a1a3fca59a2
        9868894fb0010e190180c09daf0d4008000000000000020e40000000000000000a3ff00000000000000180fa92af0d01a0f89daf0d0204010006636172742d30
        040101a0f89daf0d01a0f89daf0d018086a8af0d8084af5f000180fa92af0d01f8fa92af0d01a0f89daf0d3ff800000000000001a0f89daf0d41a7d784000000
        00010006636172742d31040100000000000180fa92af0d0000000100057765622d31040000000000000180fa92af0d0000000100057765622d30040000000000
        000180fa92af0d000000\
        """.replace("\n", ""));

    private static final byte[] VERSION_4 = HexFormat.of().parseHex("""
        02000473686f70000a4465706c6f796d656e74000377656200036170700180fa92af0db001af010001ffdb8ff9ce03000000000000000000b001af01
        0001ffdb8ff9ce03000000000000000000ffffffffffffffffff01000000000000000000000000000000000000000000000000000000000000000000
        000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
        000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
        00000000000000000000000000000000000000000102000463617274040180fa92af0db001102b0180fa92af0d3fd39337b29aab0e02103fb9999999
        99999a1a3fca59a29868894fb0010e190180c09daf0d4008000000000000020e40000000000000000a3ff0000000000000a0f89daf0d0102bec40280
        fa92af0d10010101403384f063602546000000000000000041b1e1a3000000008088def00101c0c40280c09daf0d2b01010140331d23d3ad26e50000
        00000000000041a7d78400000000000000000000000000000000000000000000000000000000000001ae2e1000100000000000000000000000000000
        0000000000000000000001ae2e2b00100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
        000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
        00000000000000000000000000000180fa92af0d01a0f89daf0d0204010006636172742d30040101a0f89daf0d01a0f89daf0d018086a8af0d8084af
        5f008084af5f0180fa92af0d01f8fa92af0d01a0f89daf0d3ff800000000000001a0f89daf0d41a7d78400000000010006636172742d310401000000
        0000000180fa92af0d0000000100057765622d3104000000000000000180fa92af0d0000000100057765622d3004000000000000000180fa92af0d00
        0000
        """.replace("\n", ""));

    /** It knew the times of the week by three hours. */
    private static final byte[] VERSION_3 = HexFormat.of().parseHex("""
        02000473686f70000a4465706c6f796d656e74000377656200036170700180fa92af0db001af010001ffdb8ff9ce03000000000000000000b001af01
        0001ffdb8ff9ce03000000000000000000ffffffffffffffffff01000000000000000000000000000000000000000000000000000000000000000000
        000000000000000000000000000000000000000000000000000000000102000463617274040180fa92af0db001102b0180fa92af0d3fd39337b29aab
        0e02103fb999999999999a1a3fca59a29868894fb0010e190180c09daf0d4008000000000000020e40000000000000000a3ff0000000000000a0f89d
        af0d0102bec40280fa92af0d10010101403384f063602546000000000000000041b1e1a3000000008088def00101c0c40280c09daf0d2b0101014033
        1d23d3ad26e5000000000000000041a7d784000000000000000000000000000001ae2e1000100000000000000001ae2e2b0010000000000000000000
        0000000000000000000000000000000000000000000000000000000000000180fa92af0d01a0f89daf0d0204010006636172742d30040101a0f89daf
        0d01a0f89daf0d018086a8af0d8084af5f008084af5f0180fa92af0d01f8fa92af0d01a0f89daf0d3ff800000000000001a0f89daf0d41a7d7840000
        0000010006636172742d3104010000000000000180fa92af0d0000000100057765622d3104000000000000000180fa92af0d0000000100057765622d
        3004000000000000000180fa92af0d000000
        """.replace("\n", ""));

    /** It knew no times of the week. */
    private static final byte[] VERSION_2 = HexFormat.of().parseHex("""
        02000473686f70000a4465706c6f796d656e74000377656200036170700180fa92af0db001af010001ffdb8ff9ce03000000000000000000b001af01
        0001ffdb8ff9ce03000000000000000000ffffffffffffffffff0100000000000102000463617274040180fa92af0db001102b0180fa92af0d3fd393
        37b29aab0e02103fb999999999999a1a3fca59a29868894fb0010e190180c09daf0d4008000000000000020e40000000000000000a3ff00000000000
        00a0f89daf0d0102bec40280fa92af0d10010101403384f063602546000000000000000041b1e1a3000000008088def00101c0c40280c09daf0d2b01
        010140331d23d3ad26e5000000000000000041a7d7840000000000000180fa92af0d01a0f89daf0d0204010006636172742d30040101a0f89daf0d01
        a0f89daf0d018086a8af0d8084af5f008084af5f0180fa92af0d01f8fa92af0d01a0f89daf0d3ff800000000000001a0f89daf0d41a7d78400000000
        010006636172742d3104010000000000000180fa92af0d0000000100057765622d3104000000000000000180fa92af0d0000000100057765622d3004
        000000000000000180fa92af0d000000
        """.replace("\n", ""));

    @Test
    void savingLeavesItAsItIs() {
        HistogramForecaster forecaster = learned();
        assertThat(saved(forecaster)).isEqualTo(saved(forecaster));
    }

    @Test
    void aCutOffStateIsRefusedWhereverItEndsAndNothingChanges() {
        byte[] state = saved(learned());
        HistogramForecaster forecaster = learned();
        byte[] before = saved(forecaster);
        for (int length = 0; length < state.length; length++) {
            StateReader cut = new StateReader(Arrays.copyOf(state, length));
            assertThatIllegalArgumentException().isThrownBy(() -> forecaster.restore(1, cut));
        }
        assertThat(saved(forecaster)).isEqualTo(before);
    }

    /** The file's checksum finds a changed byte; here it must only end in an answer or a refusal. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void aChangedByteGivesAStateOrARefusal(long seed) {
        byte[] state = saved(learned());
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            byte[] changed = state.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            try {
                restored(changed).forecast(snapshot(START));
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void aVersionOfLaterIsRefused() {
        byte[] state = saved(learned());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HistogramForecaster().restore(5, new StateReader(state)))
                .withMessageContaining("version 5");
    }

    /** What was written stays readable, and what is written only changes together with its version. */
    @Test
    void theFormOfThisVersionIsTheOneThatIsStoredHere() {
        HistogramForecaster small = small();
        assertThat(small.stateVersion()).isEqualTo(4);
        assertThat(HexFormat.of().formatHex(saved(small)))
                .as("a changed form takes the next version and goes on reading this one")
                .isEqualTo(HexFormat.of().formatHex(VERSION_4));
        HistogramForecaster read = new HistogramForecaster();
        read.restore(4, new StateReader(VERSION_4));
        assertThat(said(read, snapshot(START))).isEqualTo(said(small, snapshot(START)));
        read.restore(3, new StateReader(VERSION_3));
        assertThat(said(read, snapshot(START))).isEqualTo(said(small, snapshot(START)));
        read.restore(2, new StateReader(VERSION_2));
        assertThat(said(read, snapshot(START))).isEqualTo(said(small, snapshot(START)));
        read.restore(1, new StateReader(VERSION_1));
        assertThat(said(read, snapshot(START))).isEqualTo(said(small, snapshot(START)));
    }

    private static HistogramForecaster small() {
        HistogramForecaster small = new HistogramForecaster();
        ContainerId cart = new ContainerId(new PodId("shop", "cart-0"), "app");
        long[] seconds = {START.getEpochSecond(), START.getEpochSecond() + 90_000};
        small.observe(
                new UsageBatch(
                        List.of(
                                new UsageSeries(cart, Resource.CPU, seconds, new double[] {0.25, 1.5}),
                                new UsageSeries(cart, Resource.MEMORY, seconds, new double[] {3e8, 2e8})),
                        List.of(new OutOfMemoryKill(
                                cart, START.plusSeconds(60), new Bytes(400_000_000), START.plusSeconds(90))),
                        List.of()),
                snapshot(START));
        return small;
    }

    private static HistogramForecaster learned() {
        HistogramForecaster forecaster = new HistogramForecaster();
        Random random = new Random(7);
        for (int hour = 0; hour < 30; hour++)
            forecaster.observe(
                    batch(START.plus(Duration.ofHours(hour)), random),
                    snapshot(START.plus(Duration.ofHours(hour + 1))));
        return forecaster;
    }

    private static byte[] saved(HistogramForecaster forecaster) {
        StateWriter writer = new StateWriter();
        forecaster.save(writer);
        return writer.toBytes();
    }

    private static HistogramForecaster restored(byte[] state) {
        HistogramForecaster forecaster = new HistogramForecaster();
        forecaster.restore(forecaster.stateVersion(), new StateReader(state));
        return forecaster;
    }

    /** All that it says, in words that can be compared. */
    private static List<String> said(HistogramForecaster forecaster, ClusterSnapshot snapshot) {
        List<String> said = new ArrayList<>();
        for (Demand demand : forecaster.forecast(snapshot)) {
            said.add(demand.history() + " " + demand.cpuCoresNow() + demand.memoryBytesNow());
            for (double share : new double[] {0, 0.1, 0.5, 0.9, 0.99, 1}) {
                demand.cpu().ifPresent(cpu -> said.add(cpu.quantile(share) + " " + cpu.shareAbove(share)));
                demand.memory().ifPresent(memory -> said.add(memory.quantile(share) + " " + memory.shareAbove(4e8)));
            }
        }
        return said;
    }

    private static ClusterSnapshot snapshot(Instant at) {
        List<Workload> workloads = new ArrayList<>();
        List<Pod> pods = new ArrayList<>();
        ContainerSpec container = new ContainerSpec("app", "image", Requirements.NONE);
        for (String name : List.of("cart", "web")) {
            WorkloadId id = new WorkloadId("shop", "Deployment", name);
            workloads.add(new Workload(id, 2, List.of(container), Map.of(), Map.of(), START));
            for (int i = 0; i < 2; i++)
                pods.add(new Pod(
                        new PodId("shop", name + "-" + i),
                        Optional.of(id),
                        Optional.of("n"),
                        PodPhase.RUNNING,
                        List.of(container),
                        Map.of(),
                        Map.of(),
                        START,
                        Optional.of(START),
                        Optional.of(START),
                        Optional.empty()));
        }
        return new ClusterSnapshot(at, workloads, pods, List.of(), List.of());
    }

    /** An hour of samples of some of the pods, now and then with a kill. */
    private static UsageBatch batch(Instant from, Random random) {
        List<UsageSeries> series = new ArrayList<>();
        List<OutOfMemoryKill> kills = new ArrayList<>();
        for (String pod : List.of("cart-0", "cart-1", "web-0", "web-1")) {
            if (random.nextInt(5) == 0) continue;
            ContainerId container = new ContainerId(new PodId("shop", pod), "app");
            long[] seconds = IntStream.range(0, 12)
                    .mapToLong(i -> from.getEpochSecond() + i * 300L)
                    .toArray();
            series.add(new UsageSeries(container, Resource.CPU, seconds, amounts(random, 2)));
            series.add(new UsageSeries(container, Resource.MEMORY, seconds, amounts(random, 8e8)));
            if (random.nextInt(10) == 0)
                kills.add(new OutOfMemoryKill(
                        container, from.plusSeconds(100), new Bytes(200_000_000), from.plusSeconds(130)));
        }
        return new UsageBatch(series, kills, List.of());
    }

    private static double[] amounts(Random random, double most) {
        return IntStream.range(0, 12)
                .mapToDouble(i -> random.nextDouble() * most)
                .toArray();
    }
}
