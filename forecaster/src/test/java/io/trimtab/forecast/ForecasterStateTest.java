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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
            assertThatIllegalArgumentException().isThrownBy(() -> forecaster.restore(forecaster.stateVersion(), cut));
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

    @ParameterizedTest(name = "of version {0}")
    @ValueSource(ints = {1, 4, 7})
    void aStateOfAnotherVersionIsRefused(int version) {
        byte[] state = saved(learned());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HistogramForecaster().restore(version, new StateReader(state)))
                .withMessageContaining("version %d".formatted(version));
    }

    @Test
    void aStateWithoutStartsAndPodsBesideTheOthersIsKnown() {
        StateWriter to = new StateWriter();
        to.number(1);
        for (String text : List.of("shop", "Deployment", "web", "app")) to.text(text);
        to.moment(START);
        UsageAggregate used = UsageAggregate.empty();
        used.addCpu(START, 0.5);
        used.write(to);
        to.number(1);
        for (String text : List.of("shop", "web-0", "app")) to.text(text);
        to.number(0);
        used.container().write(to);
        to.moment(START);
        to.moment(null);
        to.moment(null);
        to.moment(null);
        HistogramForecaster restored = new HistogramForecaster();
        restored.restore(5, new StateReader(to.toBytes()));
        StateWriter again = new StateWriter();
        restored.save(again);
        HistogramForecaster goesOn = new HistogramForecaster();
        goesOn.restore(goesOn.stateVersion(), new StateReader(again.toBytes()));
        StateWriter same = new StateWriter();
        goesOn.save(same);
        assertThat(same.toBytes()).isEqualTo(again.toBytes());
    }

    @Test
    void whatIsWrittenOnlyChangesTogetherWithItsVersion() throws NoSuchAlgorithmException {
        assertThat(small().stateVersion()).isEqualTo(6);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(saved(small()));
        assertThat(HexFormat.of().formatHex(digest))
                .as("a changed form takes the next version")
                .isEqualTo("4b45a350aec8a3a358bbefba673b848091b7c352e0716b3f91b72b41a123fc82");
        assertThat(said(restored(saved(small())), snapshot(START))).isEqualTo(said(small(), snapshot(START)));
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
