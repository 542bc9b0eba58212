package io.trimtab.service.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CentTableTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        0.004 0.004 0.004 | 0.01 0.00 0.00
        0.333 0.333 0.334 | 0.33 0.33 0.34
        0.005 0.015 0.020 | 0.01 0.01 0.02
        1.999999999999 0  | 2.00 0.00
        0 0               | 0.00 0.00
        """)
    void theMissingCentsGoToThoseThatLostMost(String amounts, String expected) {
        assertThat(Cents.of(decimals(amounts))).isEqualTo(decimals(expected));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void centsSumToTheRoundedSumAndNoneIsACentOff(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            List<BigDecimal> amounts = new ArrayList<>();
            for (int i = random.nextInt(50); i >= 0; i--)
                amounts.add(BigDecimal.valueOf(random.nextLong(10_000_000_000_000L), 12));
            List<BigDecimal> cents = Cents.of(amounts);
            BigDecimal sum = amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(cents.stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualTo(sum.setScale(2, java.math.RoundingMode.HALF_EVEN));
            for (int i = 0; i < cents.size(); i++)
                assertThat(cents.get(i).subtract(amounts.get(i)).abs()).isLessThan(new BigDecimal("0.01"));
        }
    }

    private static List<BigDecimal> decimals(String text) {
        return Stream.of(text.strip().split(" +")).map(BigDecimal::new).toList();
    }
}
