package io.trimtab.forecast.groups;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.ingest.model.PodId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageGroupsTest {
    private static final int WORKLOADS = 1000;
    private static final int STEP_SECONDS = 300;
    private static final String INSTANCE_TYPE = "node.kubernetes.io/instance-type";

    /** Up to 60 pods that differ by up to 20 % for good, and waver by 30 to 100 %, or are busy for some minutes now and then; two days with a daily peak. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void podsThatAreAlikeAreOneGroup(long seed) {
        Random random = new Random(seed);
        int split = 0;
        for (int i = 0; i < WORKLOADS; i++) {
            int pods = 3 + random.nextInt(i % 20 == 0 ? 58 : 10);
            double spread = 0.2 * random.nextDouble();
            double[] levels = new double[pods];
            for (int pod = 0; pod < pods; pod++) levels[pod] = Math.exp(spread * random.nextGaussian());
            if (find(used(levels, USUAL.get(i % 3), 48, random)).isPresent()) split++;
        }
        assertThat(split).isZero();
    }

    /** Now and then one of them works for hours: in half a day to two days some have had more of that than others. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {5, 6})
    void podsThatWorkInTurnAreOneGroup(long seed) {
        Random random = new Random(seed);
        int split = 0;
        for (int i = 0; i < WORKLOADS; i++) {
            double[] levels = new double[3 + random.nextInt(6)];
            Arrays.fill(levels, 1);
            if (find(used(levels, Noise.HOURS, 13 + random.nextInt(36), random)).isPresent()) split++;
        }
        assertThat(split).isZero();
    }

    /** One to half of the pods use 4 to 12 times as much as the others. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {3, 4})
    void twoGroupsAreFoundAndNoPodIsInTheWrongOne(long seed) {
        Random random = new Random(seed);
        int found = 0;
        for (int i = 0; i < WORKLOADS; i++) {
            int pods = 3 + random.nextInt(i % 20 == 0 ? 58 : 10);
            int busier = 1 + random.nextInt(pods / 2);
            double times = 4 + 8 * random.nextDouble();
            double spread = 0.15 * random.nextDouble();
            double[] levels = new double[pods];
            for (int pod = 0; pod < pods; pod++)
                levels[pod] = Math.exp(spread * random.nextGaussian()) * (pod < busier ? times : 1);
            Optional<UsageGroups> groups = find(used(levels, Noise.WAVERING, 48, random));
            if (groups.isEmpty()) continue;
            found++;
            assertThat(groups.get().busier().pods())
                    .as("workload %d", i)
                    .extracting(pod -> Integer.parseInt(pod.name().substring(2)))
                    .allMatch(pod -> pod < busier)
                    .hasSize(busier);
        }
        assertThat(found).isGreaterThanOrEqualTo(WORKLOADS * 95 / 100);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a leader and two that follow | 5, 1, 1          | 48 | 1
        a leader of many             | 5, 1, 1, 1, 1, 1 | 48 | 1
        halves                       | 5, 5, 5, 1, 1, 1 | 48 | 3
        standbys that do nothing     | 1, 0, 0          | 48 | 1
        one that does nothing        | 1, 1, 0          | 48 | 2
        all do nothing               | 0, 0, 0, 0       | 48 | none
        a fifth more                 | 1.2, 1, 1, 1     | 48 | none
        two pods are no groups       | 5, 1             | 48 | none
        half a day                   | 5, 1, 1          | 13 | 1
        less                         | 5, 1, 1          | 12 | none
        """)
    void divides(String name, String levels, int hours, String busier) {
        double[] each = List.of(levels.split(", ")).stream()
                .mapToDouble(Double::parseDouble)
                .toArray();
        Optional<UsageGroups> groups = find(used(each, Noise.WAVERING, hours, new Random(7)));
        assertThat(groups.map(it -> "" + it.busier().pods().size()).orElse("none"))
                .isEqualTo(busier);
    }

    @Test
    void halfOfThePodsMustBeKnown() {
        List<PodOnNode> pods = pods(used(new double[] {5, 1, 1}, Noise.WAVERING, 48, new Random(7)), pod -> Map.of());
        assertThat(UsageGroups.find(pods, 6)).isPresent();
        assertThat(UsageGroups.find(pods, 7)).isEmpty();
    }

    @Test
    void aLabelOfTheNodesIsNamedWhereChanceDoesNotExplainIt() {
        double[] levels = {5, 5, 5, 5, 1, 1, 1, 1, 1, 1, 1};
        List<PodUse> uses = used(levels, Noise.WAVERING, 48, new Random(8));
        assertThat(find(uses, pod -> Map.of(INSTANCE_TYPE, pod < 4 ? "m5.large" : "m7i.large"))
                        .orElseThrow()
                        .by())
                .hasValueSatisfying(label -> {
                    assertThat(label.key()).isEqualTo(INSTANCE_TYPE);
                    assertThat(label.busier()).containsExactly("m5.large");
                    assertThat(label.quieter()).containsExactly("m7i.large");
                });
        assertThat(find(uses, pod -> Map.of(INSTANCE_TYPE, pod < 5 ? "m5.large" : "m7i.large"))
                        .orElseThrow()
                        .by())
                .as("one pod of the others has it, too")
                .isEmpty();
        assertThat(find(uses, pod -> Map.of(INSTANCE_TYPE, "type-" + pod))
                        .orElseThrow()
                        .by())
                .as("each has its own")
                .isEmpty();
        assertThat(find(
                                used(new double[] {5, 1, 1}, Noise.WAVERING, 48, new Random(8)),
                                pod -> Map.of(INSTANCE_TYPE, pod < 1 ? "m5.large" : "m7i.large"))
                        .orElseThrow()
                        .by())
                .as("one of three has some value by chance")
                .isEmpty();
    }

    @Test
    void theOrderOfPodsDoesNotMatter() {
        List<PodOnNode> pods = new ArrayList<>(
                pods(used(new double[] {5, 1, 5, 1, 1, 1}, Noise.WAVERING, 48, new Random(9)), pod -> Map.of()));
        List<PodId> busier =
                UsageGroups.find(pods, pods.size()).orElseThrow().busier().pods();
        Collections.reverse(pods);
        assertThat(UsageGroups.find(pods, pods.size()).orElseThrow().busier().pods())
                .isEqualTo(busier);
    }

    /** Half of what was known is forgotten in a day, so another leader is seen as such after two. */
    @Test
    void aLeaderThatChangesIsFollowed() {
        List<PodUse> uses = used(new double[] {6, 1, 1, 1}, Noise.WAVERING, 24, new Random(10));
        use(uses, new double[] {1, 6, 1, 1}, Noise.WAVERING, 24, 24 * 4, new Random(11));
        assertThat(find(uses).orElseThrow().busier().pods()).containsExactly(id(1));
    }

    @Test
    void whatIsWrittenComesBack() {
        List<PodUse> uses = used(new double[] {5, 1, 1}, Noise.WAVERING, 30, new Random(12));
        List<PodUse> read = uses.stream()
                .map(use -> {
                    StateWriter to = new StateWriter();
                    use.write(to);
                    return PodUse.read(new StateReader(to.toBytes()));
                })
                .toList();
        use(uses, new double[] {5, 1, 1}, Noise.WAVERING, 30, 10, new Random(13));
        use(read, new double[] {5, 1, 1}, Noise.WAVERING, 30, 10, new Random(13));
        UsageGroups one = find(uses).orElseThrow();
        UsageGroups other = find(read).orElseThrow();
        assertThat(other.busier().level()).isEqualTo(one.busier().level());
        assertThat(other.busier().cpu().quantile(0.93))
                .isEqualTo(one.busier().cpu().quantile(0.93));
    }

    /** Seed 14. */
    @Test
    void anyBytesAreAStateOrRefused() {
        StateWriter to = new StateWriter();
        used(new double[] {1, 1, 1}, Noise.WAVERING, 30, new Random(14))
                .getFirst()
                .write(to);
        Random random = new Random(14);
        for (int i = 0; i < 1000; i++) {
            byte[] changed = to.toBytes();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            try {
                PodUse read = PodUse.read(new StateReader(changed));
                read.add(1_800_000_000, 1, 1);
                assertThat(read.level()).isGreaterThanOrEqualTo(0);
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }

    private static final List<Noise> USUAL = List.of(Noise.WAVERING, Noise.WILD, Noise.BURSTS);

    private enum Noise {
        WAVERING,
        WILD,
        BURSTS,
        HOURS
    }

    private static List<PodUse> used(double[] levels, Noise noise, int hours, Random random) {
        List<PodUse> uses = new ArrayList<>();
        for (int pod = 0; pod < levels.length; pod++) uses.add(new PodUse());
        use(uses, levels, noise, 0, hours, random);
        return uses;
    }

    private static void use(List<PodUse> uses, double[] levels, Noise noise, int fromHour, int hours, Random random) {
        int[] busyUntil = new int[levels.length];
        for (int second = 0; second < 3600 * hours; second += STEP_SECONDS) {
            long at = 1_800_000_000L / 86_400 * 86_400 + 3600L * fromHour + second;
            double day = 1 + 0.8 * Math.sin(2 * Math.PI * (at % 86_400) / 86_400);
            double[] cores = new double[levels.length];
            double sum = 0;
            for (int pod = 0; pod < levels.length; pod++) {
                double times = switch (noise) {
                    case WAVERING -> Math.exp(0.3 * random.nextGaussian());
                    case WILD -> Math.exp(0.83 * random.nextGaussian());
                    case BURSTS -> {
                        if (second >= busyUntil[pod] && random.nextInt(40) == 0)
                            busyUntil[pod] = second + 600 + random.nextInt(3000);
                        yield second < busyUntil[pod] ? 1 : 0.05;
                    }
                    case HOURS -> {
                        if (second >= busyUntil[pod] && random.nextInt(60) == 0)
                            busyUntil[pod] = second + 3600 + random.nextInt(3 * 3600);
                        yield second < busyUntil[pod] ? 1 : 0.05;
                    }
                };
                cores[pod] = 0.2 * levels[pod] * day * times;
                sum += cores[pod];
            }
            for (int pod = 0; pod < levels.length; pod++) uses.get(pod).add(at, cores[pod], sum / levels.length);
        }
    }

    private static Optional<UsageGroups> find(List<PodUse> uses) {
        return find(uses, pod -> Map.of());
    }

    private static Optional<UsageGroups> find(List<PodUse> uses, Labels labels) {
        return UsageGroups.find(pods(uses, labels), uses.size());
    }

    private static List<PodOnNode> pods(List<PodUse> uses, Labels labels) {
        List<PodOnNode> pods = new ArrayList<>();
        for (int pod = 0; pod < uses.size(); pod++) pods.add(new PodOnNode(id(pod), uses.get(pod), labels.of(pod)));
        return pods;
    }

    private static PodId id(int pod) {
        return new PodId("shop", "p-" + pod);
    }

    @FunctionalInterface
    private interface Labels {
        Map<String, String> of(int pod);
    }
}
