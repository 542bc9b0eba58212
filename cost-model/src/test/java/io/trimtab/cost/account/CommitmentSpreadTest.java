package io.trimtab.cost.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.account.CommitmentSpread.Spread;
import io.trimtab.cost.account.CommitmentSpread.Use;
import io.trimtab.cost.tariff.Commitment;
import io.trimtab.cost.tariff.Commitment.Coverage;
import io.trimtab.cost.tariff.Machine;
import io.trimtab.cost.tariff.MachineSelector;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommitmentSpreadTest {
    private static final long HOUR = 3_600_000;

    /** Two machines of 2 cores and 8 GiB run for an hour at 0.60 for CPU and 0.40 for memory each; 0.30 is committed to. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        one of two is reserved: half of each is covered | machines | 1   | 0.39 0.26  | 0
        all are reserved                                | machines | 2   | 0.09 0.06  | 0
        half of what is reserved runs                   | machines | 4   | 0.045 0.03 | 0.15
        a core of four                                  | cores    | 1   | 0.6 0.4    | 0
        more cores than there are                       | cores    | 8   | 0.075 0.4  | 0.15
        half of the memory                              | gib      | 8   | 0.6 0.35   | 0
        a quarter of the cost                           | worth    | 0.5 | 0.54 0.36  | 0
        more than the cost                              | worth    | 3   | 0.06 0.04  | 0.1
        """)
    void covers(String name, String what, BigDecimal amount, String bill, BigDecimal unused) {
        BigDecimal fee = new BigDecimal("0.3");
        Commitment commitment = new Commitment("c", MachineSelector.ALL, coverage(what, amount), fee);
        Spread spread = new CommitmentSpread(List.of(commitment)).over(List.of(use(HOUR), use(HOUR)), HOUR);
        BigDecimal cpu = new BigDecimal(bill.split(" ")[0]);
        BigDecimal memory = new BigDecimal(bill.split(" ")[1]);
        assertThat(spread.bills())
                .containsOnly(new ResourceCosts(cpu, memory, BigDecimal.ZERO))
                .hasSize(2);
        assertThat(unused(spread)).isEqualByComparingTo(unused);
    }

    @Test
    void spotAndOthersAreNotCovered() {
        MachineSelector large = new MachineSelector("m5.large", "*", "*", Optional.empty());
        Commitment commitment =
                new Commitment("c", large, new Coverage.Machines(BigDecimal.ONE), new BigDecimal("0.3"));
        List<Use> uses = List.of(use("m5.large", true, HOUR), use("m5.xlarge", false, HOUR));
        Spread spread = new CommitmentSpread(List.of(commitment)).over(uses, HOUR);
        assertThat(spread.bills())
                .containsExactlyElementsOf(uses.stream().map(Use::cost).toList());
        assertThat(unused(spread)).isEqualByComparingTo("0.3");
    }

    /** What the first covers is not there for the second. */
    @Test
    void nothingIsCoveredTwice() {
        List<Commitment> both = Stream.of("a", "b")
                .map(name -> new Commitment(
                        name, MachineSelector.ALL, new Coverage.Machines(BigDecimal.ONE), new BigDecimal("0.3")))
                .toList();
        Spread spread = new CommitmentSpread(both).over(List.of(use(HOUR)), HOUR);
        assertThat(spread.bills().getFirst().total()).isEqualByComparingTo("0.3");
        assertThat(unused(spread)).isEqualByComparingTo("0.3");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {2001, 2002, 2003, 2004, 2005, 2006, 2007, 2008})
    void noMoneyIsLost(long seed) {
        Random random = new Random(seed);
        for (int n = 0; n < 100; n++) {
            List<Use> uses = new ArrayList<>();
            for (int i = random.nextInt(6); i > 0; i--) uses.add(random(random));
            List<Commitment> commitments = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--)
                commitments.add(new Commitment(
                        "c" + i,
                        new MachineSelector(random.nextBoolean() ? "*" : "m5.large", "*", "*", Optional.empty()),
                        coverage(
                                List.of("machines", "cores", "gib", "worth").get(random.nextInt(4)),
                                amount(random, 4).add(BigDecimal.valueOf(1, 6))),
                        amount(random, 2).add(BigDecimal.valueOf(1, 6))));
            long millis = 1 + random.nextInt((int) HOUR);
            Spread spread = new CommitmentSpread(commitments).over(uses, millis);
            CommitmentSpread usual = new CommitmentSpread(commitments);
            CommitmentSpread dear = new CommitmentSpread(
                    commitments.stream().map(CommitmentSpreadTest::dear).toList());
            BigDecimal uncovered = all(usual.over(uses, millis)).subtract(fees(commitments, millis, 1));
            assertThat(all(dear.over(uses, millis)).subtract(fees(commitments, millis, 1000)))
                    .isEqualByComparingTo(uncovered);
            assertThat(uncovered)
                    .isBetween(
                            BigDecimal.ZERO, total(uses.stream().map(Use::cost).toList()));
        }
    }

    private static Commitment dear(Commitment it) {
        return new Commitment(
                it.name(), it.machines(), it.covers(), it.perHour().movePointRight(3));
    }

    private static BigDecimal fees(List<Commitment> commitments, long millis, int times) {
        return commitments.stream()
                .map(it -> it.perHour()
                        .multiply(BigDecimal.valueOf(times * millis))
                        .divide(BigDecimal.valueOf(HOUR), 12, RoundingMode.CEILING))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal all(Spread spread) {
        return total(spread.bills()).add(unused(spread));
    }

    private static BigDecimal total(List<ResourceCosts> costs) {
        return costs.stream().map(ResourceCosts::total).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal unused(Spread spread) {
        return spread.unused().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Coverage coverage(String what, BigDecimal amount) {
        return switch (what) {
            case "machines" -> new Coverage.Machines(amount);
            case "cores" -> new Coverage.Cores(amount);
            case "gib" -> new Coverage.Gib(amount);
            default -> new Coverage.Worth(amount);
        };
    }

    private static Use random(Random random) {
        Resources capacity = new Resources(
                new MilliCores(1 + random.nextInt(8000)), new Bytes(1 + random.nextInt(1 << 30)), new GpuMilli(1000));
        return new Use(
                new Machine(random.nextBoolean() ? "m5.large" : "g5", "", "", capacity, random.nextInt(4) == 0),
                1 + random.nextInt((int) HOUR),
                new ResourceCosts(amount(random, 1), amount(random, 1), amount(random, 1)));
    }

    private static BigDecimal amount(Random random, int most) {
        return random.nextInt(9) == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(random.nextDouble() * most).setScale(12, RoundingMode.HALF_UP);
    }

    private static Use use(long millis) {
        return use("m5.large", false, millis);
    }

    private static Use use(String type, boolean spot, long millis) {
        Resources capacity = new Resources(new MilliCores(2000), new Bytes(8L << 30), GpuMilli.ZERO);
        return new Use(
                new Machine(type, "", "", capacity, spot),
                millis,
                new ResourceCosts(new BigDecimal("0.6"), new BigDecimal("0.4"), BigDecimal.ZERO));
    }
}
