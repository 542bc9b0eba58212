package io.trimtab.service.opencost;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.account.Amounts;
import io.trimtab.cost.account.NodeHour;
import io.trimtab.cost.account.ResourceCosts;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.ledger.Account.NodeRow;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BearingTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Span HOUR = new Span(START, START.plusSeconds(3600));
    private static final Amounts NOTHING = new Amounts(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    @ParameterizedTest(name = "{0} by {1}")
    @CsvSource(delimiter = '|', textBlock = """
        1                | 1,1,1 | 0.333333333334,0.333333333333,0.333333333333
        0.000000000002   | 5,1,1 | 0.000000000002,0.000000000000,0.000000000000
        7                | 0,3   | 0.000000000000,7.000000000000
        """)
    void anAmountIsDividedToTheLastDigit(BigDecimal amount, String weights, String expected) {
        assertThat(Distribution.of(amount, amounts(weights))).isEqualTo(amounts(expected));
    }

    private static List<BigDecimal> amounts(String text) {
        return Arrays.stream(text.split(",")).map(BigDecimal::new).toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void whateverIsSharedAllIsBorneOrLeft(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            Sharing sharing = sharing(random);
            List<Part> others = parts(random, sharing, 6);
            List<Part> shared = parts(random, sharing, sharing.pods().isPresent() ? 3 : 0);
            List<NodeRow> nodes = nodes(random);
            Bearing bearing = new Bearing(HOUR, sharing, others, shared, nodes);
            List<Part> all = new ArrayList<>(bearing.all());
            bearing.leftIdle().ifPresent(all::add);
            bearing.leftShared().ifPresent(all::add);
            BigDecimal put =
                    sum(others).add(sum(shared)).add(Allocations.idle(nodes).total());
            BigDecimal further = sharing.perMonth().divide(BigDecimal.valueOf(730), 12, RoundingMode.HALF_EVEN);
            assertThat(sum(all)).as("%s", sharing).isEqualByComparingTo(put.add(further));
            assertThat(all).allSatisfy(part -> assertThat(part.total()).isNotNegative());
        }
    }

    /** Neither the order of the input nor who is asked for. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4, 5, 6})
    void nothingElseChangesANumber(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            Sharing sharing = sharing(random);
            List<Part> others = parts(random, sharing, 6);
            List<Part> shared = parts(random, sharing, sharing.pods().isPresent() ? 3 : 0);
            Bearing bearing = new Bearing(HOUR, sharing, others, shared, nodes(random));
            for (Part one : bearing.all()) {
                List<Part> alone = others.stream()
                        .filter(part -> part.name().equals(one.name()))
                        .collect(Collectors.toList());
                Collections.shuffle(alone, random);
                assertThat(bearing.of(alone))
                        .singleElement()
                        .satisfies(part ->
                                assertThat(part.total()).as("%s", sharing).isEqualByComparingTo(one.total()));
            }
        }
    }

    /** Of the whole the account has been corrected before the part was asked for. */
    @ParameterizedTest
    @CsvSource({"a, 1, true", "a, 0.5, true", "a, 1.000000000001, false", "b, 1, false"})
    void whatIsNoPartOfTheWholeIsNotCovered(String name, BigDecimal cpu, boolean covered) {
        Sharing sharing = new Sharing(true, false, Optional.empty(), BigDecimal.ONE, false);
        Bearing bearing = new Bearing(HOUR, sharing, List.of(part("a", BigDecimal.ONE)), List.of(), List.of());
        assertThat(bearing.covers(List.of(part(name, cpu)))).isEqualTo(covered);
        assertThat(bearing.covers(List.of())).isTrue();
    }

    private static Part part(String name, BigDecimal cpu) {
        return new Part(
                new Aggregation.Named(name, Map.of("namespace", name)),
                "",
                HOUR,
                new ResourceCosts(cpu, BigDecimal.ZERO, BigDecimal.ZERO),
                NOTHING,
                NOTHING,
                BigDecimal.ZERO,
                ResourceCosts.NONE,
                BigDecimal.ZERO);
    }

    private static Sharing sharing(Random random) {
        return new Sharing(
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean() ? Sharing.podsOf(List.of("system"), List.of()) : Optional.empty(),
                random.nextBoolean() ? BigDecimal.valueOf(random.nextInt(1000)) : BigDecimal.ZERO,
                random.nextBoolean());
    }

    private static List<Part> parts(Random random, Sharing sharing, int most) {
        List<Part> parts = new ArrayList<>();
        int count = random.nextInt(most + 1);
        for (int i = 0; i < count; i++) {
            String name = "name-" + random.nextInt(4);
            parts.add(new Part(
                    new Aggregation.Named(name, Map.of("namespace", name)),
                    sharing.idle() && sharing.byNode() ? "n" + random.nextInt(3) : "",
                    HOUR,
                    costs(random),
                    NOTHING,
                    NOTHING,
                    BigDecimal.ZERO,
                    ResourceCosts.NONE,
                    BigDecimal.ZERO));
        }
        return parts;
    }

    private static List<NodeRow> nodes(Random random) {
        List<NodeRow> nodes = new ArrayList<>();
        for (int i = 0; i < 3; i++)
            nodes.add(new NodeRow(
                    new NodeHour.Node("n" + i, "m5.large", "r", "z", "spot", ""),
                    HOUR,
                    new NodeHour.Capacity(BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ZERO),
                    ResourceCosts.NONE,
                    costs(random)));
        return nodes;
    }

    /** A third of them 0. */
    private static ResourceCosts costs(Random random) {
        return new ResourceCosts(cost(random), cost(random), cost(random));
    }

    private static BigDecimal cost(Random random) {
        return random.nextInt(3) == 0
                ? BigDecimal.ZERO
                : new BigDecimal(BigInteger.valueOf(random.nextLong(1_000_000_000_000L)), 12);
    }

    private static BigDecimal sum(List<Part> parts) {
        return parts.stream().map(Part::total).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
