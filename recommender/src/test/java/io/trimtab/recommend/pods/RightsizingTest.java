package io.trimtab.recommend.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.pods.RightsizeAnswer.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RightsizingTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        95th between two samples   | 101 | 0.001 | 96m  | 115Mi
        up to a whole millicore    | 200 | 0.001 | 191m | 229Mi
        the least CPU and memory   | 100 | 0.00001 | 10m  | 114Mi
        too few samples            | 99  | 0.001 | -    | -
        """)
    void krr(String name, int count, double coresEach, String cpu, String memory) {
        RightsizeAnswer answer = PodRecommender.rightsize(Samples.input(
                SizingPolicy.KRR,
                Requirements.NONE,
                Optional.empty(),
                List.of(),
                Samples.run("a", Resource.CPU, MINUTE, count, i -> (i + 1) * coresEach),
                Samples.run("a", Resource.MEMORY, MINUTE, count, i -> i * Samples.MIB)));
        assertThat(answer.sizing().cpu().map(range -> range.target().toString()))
                .isEqualTo(Optional.ofNullable(cpu));
        assertThat(answer.sizing().memory().map(range -> range.target().toString()))
                .isEqualTo(Optional.ofNullable(memory));
        assertThat(answer.memoryLimit().map(Bytes::toString)).isEqualTo(Optional.ofNullable(memory));
        assertThat(answer.cpuLimit()).isEmpty();
        if (cpu == null) assertThat(answer.reasons().get(0)).isEqualTo(new PodReason.FewSamples(Resource.CPU, 99, 100));
    }

    @Test
    void krrTakesTheBusiestPodAndLooksBackTwoWeeks() {
        RightsizeAnswer answer = PodRecommender.rightsize(Samples.input(
                SizingPolicy.KRR,
                Requirements.NONE,
                Optional.empty(),
                List.of(),
                Samples.run("idle", Resource.CPU, MINUTE, 1000, i -> 0.1),
                Samples.run("busy", Resource.CPU, HOUR, 24 * 14 + 1, i -> i == 0 ? 50 : 0.5),
                Samples.run("busy", Resource.MEMORY, HOUR, 24 * 14 + 1, i -> i == 0 ? 9e9 : 200 * Samples.MIB)));
        assertThat(answer.sizing().cpu()).contains(Range.only(new MilliCores(500)));
        assertThat(answer.sizing().memory()).contains(Range.only(Bytes.parse("230Mi")));
    }

    @Test
    void aJavaProcessIsSizedByItsHeap() {
        JvmRuntime runtime =
                new JvmRuntime(Optional.of(Bytes.parse("4Gi")), Bytes.parse("800Mi"), Bytes.parse("300Mi"));
        UsageRun resident = Samples.run("a", Resource.MEMORY, HOUR, 200, i -> 4300 * Samples.MIB);
        RightsizeAnswer answer = PodRecommender.rightsize(
                Samples.input(SizingPolicy.TRIMTAB, Requirements.NONE, Optional.of(runtime), List.of(), resident));
        assertThat(answer.maxHeap()).contains(Bytes.parse("1Gi"));
        assertThat(answer.sizing().memory())
                .contains(new Range<>(Bytes.parse("1369Mi"), Bytes.parse("1100Mi"), Bytes.parse("4396Mi")));
        MemoryKill kill = new MemoryKill("a", Samples.NOW.minusSeconds(60), Bytes.parse("2Gi"), Samples.NOW);
        RightsizeAnswer killed = PodRecommender.rightsize(
                Samples.input(SizingPolicy.TRIMTAB, Requirements.NONE, Optional.of(runtime), List.of(kill), resident));
        assertThat(killed.sizing().memory().orElseThrow().target()).isEqualTo(new Bytes((long) ((2L << 30) * 1.2)));
    }

    @Test
    void trimtabRaisesMemoryToTheAcceptedRisk() {
        // One day, five days ago, peaks at 4 times the others, which the 90th percentile does not see.
        UsageRun memory =
                Samples.run("a", Resource.MEMORY, HOUR, 240, i -> (i >= 96 && i < 120 ? 2000 : 500) * Samples.MIB);
        Requirements now = new Requirements(
                Optional.empty(),
                Optional.of(Bytes.parse("600Mi")),
                Optional.empty(),
                Optional.of(Bytes.parse("600Mi")),
                GpuMilli.ZERO);
        RightsizeAnswer vpa =
                PodRecommender.rightsize(Samples.input(SizingPolicy.VPA, now, Optional.empty(), List.of(), memory));
        RightsizeAnswer trimtab =
                PodRecommender.rightsize(Samples.input(SizingPolicy.TRIMTAB, now, Optional.empty(), List.of(), memory));
        assertThat(vpa.oomPerWeek().orElseThrow().after()).isPositive();
        assertThat(trimtab.oomPerWeek().orElseThrow().after()).isLessThanOrEqualTo(0.01);
        assertThat(trimtab.oomPerWeek().orElseThrow().before()).isGreaterThan(0);
        assertThat(trimtab.sizing().memory().orElseThrow().target())
                .isGreaterThan(vpa.sizing().memory().orElseThrow().target());
        assertThat(trimtab.memoryLimit())
                .contains(trimtab.sizing().memory().orElseThrow().target());
    }

    @Test
    void throttlingIsTheTimeAtTheLimit() {
        Requirements now = new Requirements(
                Optional.of(new MilliCores(100)),
                Optional.empty(),
                Optional.of(new MilliCores(100)),
                Optional.empty(),
                GpuMilli.ZERO);
        UsageRun cpu = Samples.run("a", Resource.CPU, Duration.ofSeconds(1), 100, i -> i < 25 ? 0.5 : 0.05);
        Change throttled = PodRecommender.rightsize(
                        Samples.input(SizingPolicy.VPA, now, Optional.empty(), List.of(), cpu))
                .throttledMinutesPerDay()
                .orElseThrow();
        assertThat(throttled.before()).isBetween(359.0, 361.0);
        assertThat(throttled.after()).isZero();
    }

    @Test
    void withoutSamplesThereIsNoSize() {
        RightsizeAnswer answer = PodRecommender.rightsize(
                Samples.input(SizingPolicy.VPA, Requirements.NONE, Optional.empty(), List.of()));
        assertThat(answer.sizing()).isEqualTo(new Sizing(Optional.empty(), Optional.empty()));
        assertThat(answer.oomPerWeek()).isEmpty();
        assertThat(answer.throttledMinutesPerDay()).isEmpty();
        assertThat(answer.reasons()).containsExactly(new PodReason.NoSamples());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void laws(long seed) {
        Random random = new Random(seed);
        List<UsageRun> runs = new ArrayList<>();
        List<UsageRun> larger = new ArrayList<>();
        for (String pod : List.of("a", "b", "c"))
            for (Resource resource : List.of(Resource.CPU, Resource.MEMORY)) {
                double scale = resource == Resource.CPU ? 0.3 : 4e8;
                double[] amounts = random.doubles(100 + random.nextInt(100))
                        .map(x -> x * scale)
                        .toArray();
                runs.add(Samples.run(pod, resource, MINUTE, amounts.length, i -> amounts[i]));
                larger.add(Samples.run(pod, resource, MINUTE, amounts.length, i -> amounts[i] * 1.4));
            }
        List<UsageRun> shuffled = new ArrayList<>(runs);
        Collections.shuffle(shuffled, random);
        for (SizingPolicy policy : SizingPolicy.values()) {
            RightsizeAnswer answer = rightsize(policy, runs);
            assertThat(rightsize(policy, shuffled))
                    .as("order of series does not matter")
                    .isEqualTo(answer);
            Sizing more = rightsize(policy, larger).sizing();
            assertThat(more.cpu().orElseThrow().target())
                    .isGreaterThanOrEqualTo(answer.sizing().cpu().orElseThrow().target());
            assertThat(more.memory().orElseThrow().target())
                    .isGreaterThanOrEqualTo(
                            answer.sizing().memory().orElseThrow().target());
        }
    }

    private static RightsizeAnswer rightsize(SizingPolicy policy, List<UsageRun> runs) {
        return PodRecommender.rightsize(
                Samples.input(policy, Requirements.NONE, Optional.empty(), List.of(), runs.toArray(UsageRun[]::new)));
    }
}
