package io.trimtab.cost.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetTest {
    private static final Instant MONTH = Instant.parse("2026-11-01T00:00:00Z");
    private static final Spender SHOP = new Spender.Namespace("shop");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        nothing spent, nothing to come          | 10     | 0 | 0 | None
        all of it is not beyond it              | 10.000 | 5 | 5 | None
        the last digit decides                  | 9.999999999999 | 10 | 0 | Happened[at=2026-11-01T10:00:00Z]
        beyond it in the fourth hour            | 3      | 5 | 0 | Happened[at=2026-11-01T04:00:00Z]
        what happened counts, not what comes    | 3      | 4 | 9 | Happened[at=2026-11-01T04:00:00Z]
        in the first hour to come               | 5      | 5 | 1 | Expected[at=2026-11-01T06:00:00Z]
        later                                   | 6.5    | 5 | 3 | Expected[at=2026-11-01T07:00:00Z]
        """)
    void saysWhenItIsUsedUp(String name, BigDecimal perMonth, int spent, int toCome, String expected) {
        double[] path = new double[toCome];
        Arrays.fill(path, 1);
        List<BigDecimal> hours = Collections.nCopies(spent, BigDecimal.ONE);
        String breach = new Budget(SHOP, perMonth).breach(MONTH, hours, path).toString();
        assertThat(breach).startsWith(expected);
    }

    @Test
    void aSmallerBudgetIsNeverUsedUpLaterSeed1() {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            List<BigDecimal> spent = random.doubles(random.nextInt(50), 0, 2)
                    .mapToObj(BigDecimal::valueOf)
                    .toList();
            double[] path = random.doubles(random.nextInt(50), 0, 2).toArray();
            BigDecimal more = BigDecimal.valueOf(1 + 90 * random.nextDouble());
            Instant of = at(new Budget(SHOP, more).breach(MONTH, spent, path));
            Instant ofLess = at(new Budget(SHOP, more.multiply(new BigDecimal("0.9"))).breach(MONTH, spent, path));
            assertThat(ofLess).isBeforeOrEqualTo(of);
        }
    }

    private static Instant at(Breach breach) {
        return switch (breach) {
            case Breach.None() -> Instant.MAX;
            case Breach.Expected(Instant at) -> at;
            case Breach.Happened(Instant at) -> at;
        };
    }

    @Test
    void nothingIsNoBudget() {
        assertThatThrownBy(() -> new Budget(SHOP, BigDecimal.ZERO)).hasMessageContaining("perMonth (0)");
        assertThatThrownBy(() -> new Budget(SHOP, new BigDecimal("-1"))).hasMessageContaining("perMonth (-1)");
        assertThatThrownBy(() -> new Spender.Namespace(" ")).hasMessageContaining("namespace");
        assertThatThrownBy(() -> new Spender.Label("", "x")).hasMessageContaining("label");
    }
}
