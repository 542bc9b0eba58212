package io.trimtab.recommend.expansion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.recommend.expansion.Expansions.Choice;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpansionsTest {
    private static final int ROUNDS = 200;

    /** As in {@code cpu 2*0.40/8: a1 b1}: two nodes at 0.40 USD per hour, of 8 cores, for pods of one core each; {@code /8+1} has a GPU, and pods g… ask for one. */
    private static final Pattern GROUP = Pattern.compile("(\\S+) (\\d+)\\*([0-9.]+)/(\\d+)(?:\\+(\\d+))?:(.*)");

    private static final Pattern POD = Pattern.compile("([a-z]+)(\\d+)");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the only one                    | gpu 1*3.00/8+1: g1                                                 | gpu 1   | 1.00
        the cheaper one                 | big 1*1.00/16: a4 b4; small 1*0.40/8: a4 b4                        | small 1 | 1.00
        dearer nodes, but fewer         | big 1*0.70/16: a4 b4 c4; small 2*0.40/8: a4 b4 c4                  | big 1   | 1.00
        one small pod, cheapest node    | mid 1*0.20/8: t1; large 1*2.00/64: t1; tiny 1*0.05/2: t1           | tiny 1  | 1.00
        no GPU for CPU pods             | gpu 1*3.00/8+1: a1 b1; cpu 1*0.40/8: a1 b1                         | cpu 1   | 1.00
        nor beside a GPU pod            | gpu 1*3.00/8+1: a1 b1 g1; cpu 1*0.40/8: a1 b1                      | cpu 1   | 1.00
        room beside a cheap GPU         | gpu 1*0.41/8+1: a1 b1 g1; cpu 1*0.40/8: a1 b1                      | gpu 1   | 1.00
        few that only a dear one takes  | dear 2*1.00/8: a2 b2 c2 d2 e2; cheap 1*0.40/8: a2 b2 c2 d2         | cheap 1 | 1.00
        less waste at the same price    | waste 3*0.40/8: a6 b2 c6; fits 2*0.40/8: a6 b2 c6                  | fits 2  | 1.00
        equally good: with more pods    | one 1*0.40/8: a1; two 1*0.40/8: b1 c1                              | two 1   | 1.00
        equally good: the first by name | x 1*0.40/8: a1; w 1*0.40/8: a1                                     | w 1     | 1.00
        what costs nothing              | paid 1*0.40/8: a1; free 1*0/8: a1                                  | free 1  | 1.00
        two that overpay for one pod          | one 1*1.00/8: a6 b2; two 1*1.00/8: b2 c6; aa 1*0.30/8: a6; cc 1*0.30/8: c6 | aa 1 | 1.00
        pods that ask for nothing       | small 1*0.10/2: a0 b0; large 1*0.40/8: a0 b0                       | small 1 | 1.00
        """)
    void chooses(String name, String groups, String grown, String overpay) {
        Choice choice = Expansions.choose(expansions(groups));

        assertThat("%s %d".formatted(choice.group(), choice.nodes())).isEqualTo(grown);
        assertThat(choice.overpay()).isEqualTo(Double.parseDouble(overpay));
        assertThat(choice.others()).isEqualTo(expansions(groups).size() - 1);
    }

    /** One has cores and the other memory, and each must carry a pod that wants what it lacks. */
    @Test
    void saysHowMuchMoreIsAskedThanItsPodsAreWorth() {
        Map<String, Resources> pods = Map.of("cores", resources(5, 1), "memory", resources(1, 9));
        BigDecimal price = new BigDecimal("1.40");
        Choice choice = Expansions.choose(List.of(
                new Expansion("with-memory", 1, price, resources(10, 18), pods),
                new Expansion("with-cores", 1, price, resources(10, 10), pods)));

        // Paid for memory: 0.70 with memory, 0.90 with cores; for cores: 0.70 and 0.50.
        assertThat(choice.group()).as("equally good: the first by name").isEqualTo("with-cores");
        assertThat(choice.overpay()).isCloseTo(1.40 / 1.20, within(1e-9));
    }

    @Test
    void refusesWhatIsNoQuestion() {
        assertThatThrownBy(() -> Expansions.choose(List.of())).hasMessageContaining("no node group");
        assertThatThrownBy(() -> Expansions.choose(expansions("a 1*1/8: p1; a 1*2/8: q1")))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> expansions("a 0*1/8: p1")).hasMessageContaining("nodes (0) of a");
        assertThatThrownBy(() -> expansions("a 1*1/8:")).hasMessageContaining("a carries no pod");
    }

    @ParameterizedTest(name = "seed {0}: the order of groups and pods does not matter")
    @ValueSource(longs = {1, 2, 3})
    void orderDoesNotMatter(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            List<Expansion> groups = random(random);
            Choice choice = Expansions.choose(groups);
            List<Expansion> shuffled = new ArrayList<>(
                    groups.stream().map(it -> shuffled(it, random)).toList());
            Collections.shuffle(shuffled, random);
            assertThat(Expansions.choose(shuffled)).isEqualTo(choice);
        }
    }

    @ParameterizedTest(name = "seed {0}: another currency chooses the same")
    @ValueSource(longs = {1, 2, 3})
    void anotherCurrencyChoosesTheSame(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            List<Expansion> groups = random(random);
            BigDecimal rate = BigDecimal.valueOf(1 + random.nextInt(100_000), 3);
            List<Expansion> others = groups.stream()
                    .map(it -> new Expansion(
                            it.group(), it.nodes(), it.pricePerHour().multiply(rate), it.room(), it.pods()))
                    .toList();
            assertThat(Expansions.choose(others).group())
                    .isEqualTo(Expansions.choose(groups).group());
        }
    }

    @ParameterizedTest(name = "seed {0}: no group that carries all of the chosen one's pods costs less")
    @ValueSource(longs = {1, 2, 3})
    void noneCarriesTheSameForLess(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            List<Expansion> groups = random(random);
            Choice choice = Expansions.choose(groups);
            Set<String> pods = groups.stream()
                    .filter(it -> it.group().equals(choice.group()))
                    .findFirst()
                    .orElseThrow()
                    .pods()
                    .keySet();
            assertThat(groups)
                    .filteredOn(it -> it.pods().keySet().containsAll(pods))
                    .allSatisfy(it -> assertThat(it.cost()).isGreaterThanOrEqualTo(choice.costPerHour()));
        }
    }

    @ParameterizedTest(name = "seed {0}: asked again for the pods that still wait, every one is placed")
    @ValueSource(longs = {1, 2, 3})
    void everyPodIsPlacedInTheEnd(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            List<Expansion> groups = random(random);
            Set<String> waiting = new TreeSet<>();
            groups.forEach(it -> waiting.addAll(it.pods().keySet()));
            for (int asked = 0; !waiting.isEmpty(); asked++) {
                assertThat(asked).isLessThan(groups.size());
                List<Expansion> left =
                        groups.stream().flatMap(it -> of(it, waiting)).toList();
                Choice choice = Expansions.choose(left);
                int before = waiting.size();
                left.stream()
                        .filter(it -> it.group().equals(choice.group()))
                        .forEach(it -> waiting.removeAll(it.pods().keySet()));
                assertThat(before - waiting.size()).isEqualTo(choice.pods());
            }
        }
    }

    /** What a group would still add, if anything: as many nodes as its pods need by their sum. */
    private static Stream<Expansion> of(Expansion group, Set<String> waiting) {
        Map<String, Resources> pods = new TreeMap<>(group.pods());
        pods.keySet().retainAll(waiting);
        return pods.isEmpty() ? Stream.empty() : Stream.of(sized(group, pods));
    }

    private static Expansion sized(Expansion group, Map<String, Resources> pods) {
        long asked = pods.values().stream().mapToLong(it -> it.cpu().value()).sum();
        int nodes = Math.toIntExact(
                Math.max(1, Math.ceilDiv(asked, group.room().cpu().value())));
        return new Expansion(group.group(), nodes, group.pricePerHour(), group.room(), pods);
    }

    private static Expansion shuffled(Expansion group, Random random) {
        List<String> names = new ArrayList<>(new TreeSet<>(group.pods().keySet()));
        Collections.shuffle(names, random);
        Map<String, Resources> pods = new LinkedHashMap<>();
        names.forEach(name -> pods.put(name, group.pods().getOrDefault(name, Resources.ZERO)));
        return new Expansion(group.group(), group.nodes(), group.pricePerHour(), group.room(), pods);
    }

    private static List<Expansion> random(Random random) {
        Map<String, Resources> all = new TreeMap<>();
        int count = 1 + random.nextInt(30);
        for (int i = 0; i < count; i++)
            all.put("pod-" + i, withGpus(1 + random.nextInt(4000), random.nextInt(8) == 0 ? 1 : 0));
        List<Expansion> groups = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(8); i++) {
            Map<String, Resources> pods = new TreeMap<>(all);
            pods.keySet().removeIf(_ -> random.nextInt(3) == 0);
            if (pods.isEmpty()) pods.putAll(all);
            Resources room = withGpus(1000 << (2 + random.nextInt(5)), random.nextInt(3));
            BigDecimal price = BigDecimal.valueOf(10_000 + random.nextInt(5_000_000), 6);
            groups.add(sized(new Expansion("group-" + i, 1, price, room, pods), pods));
        }
        return groups;
    }

    private static List<Expansion> expansions(String groups) {
        return Stream.of(groups.split(";"))
                .map(String::strip)
                .map(ExpansionsTest::expansion)
                .toList();
    }

    private static Expansion expansion(String text) {
        Matcher group = GROUP.matcher(text);
        if (!group.matches()) throw new IllegalArgumentException(text);
        Map<String, Resources> pods = new LinkedHashMap<>();
        Matcher pod = POD.matcher(group.group(6));
        while (pod.find())
            pods.put(
                    pod.group(),
                    withGpus(1000 * Long.parseLong(pod.group(2)), pod.group(1).equals("g") ? 1 : 0));
        int gpus = group.group(5) == null ? 0 : Integer.parseInt(group.group(5));
        return new Expansion(
                group.group(1),
                Integer.parseInt(group.group(2)),
                new BigDecimal(group.group(3)),
                withGpus(1000 * Long.parseLong(group.group(4)), gpus),
                pods);
    }

    /** Four GiB for each core. */
    private static Resources withGpus(long cpuMilli, int gpus) {
        return new Resources(new MilliCores(cpuMilli), new Bytes(cpuMilli << 22), new GpuMilli(gpus * 1000L));
    }

    private static Resources resources(int cores, int gib) {
        return new Resources(new MilliCores(1000L * cores), new Bytes((long) gib << 30), GpuMilli.ZERO);
    }
}
