package io.trimtab.cost.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        600m    | 0.6
        2       | 2
        1.5     | 1.5
        .5      | 0.5
        1e3     | 1000
        12E-1   | 1.2
        1536Mi  | 1610612736
        2Gi     | 2147483648
        1Ei     | 1152921504606846976
        3k      | 3000
        2E      | 2000000000000000000
        100n    | 0.0000001
        -1      | -1
        """)
    void readsQuantitiesExactly(String text, BigDecimal expected) {
        assertThat(Quantity.parse(text)).isEqualByComparingTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "1mm", "1 Gi", "NaN", "0x10", "1e", "--1", "1Kib"})
    void refusesWhatIsNoQuantity(String text) {
        assertThatThrownBy(() -> Quantity.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({"600m, 600m", "0.6, 600m", "2, 2", "100n, 1m", "1500.5m, 1501m", "0, 0"})
    void cpuRoundsUpToMillicores(String quantity, String expected) {
        assertThat(MilliCores.parse(quantity)).hasToString(expected);
        assertThat(GpuMilli.parse(quantity)).hasToString(expected);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({"1Gi, 1Gi", "1024Mi, 1Gi", "1536Mi, 1536Mi", "1.5, 2", "0, 0", "1000, 1000"})
    void bytesRoundUpAndPrintShort(String quantity, String expected) {
        assertThat(Bytes.parse(quantity)).hasToString(expected);
    }

    @Test
    void amountsAreNeverNegativeNorBeyondRange() {
        assertThatThrownBy(() -> new MilliCores(-1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> new Bytes(-1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> MilliCores.parse("-1m")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Bytes.parse("100Ei")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MilliCores(1).times(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Bytes(1).times(Double.POSITIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MilliCores(Long.MAX_VALUE).plus(new MilliCores(1)))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void timesRoundsUpSoThatARequestCoversTheUsage() {
        assertThat(new MilliCores(100).times(1.001)).isEqualTo(new MilliCores(101));
        assertThat(new MilliCores(100).times(0)).isEqualTo(MilliCores.ZERO);
        assertThat(new MilliCores(50).clamp(new MilliCores(60), new MilliCores(90)))
                .isEqualTo(new MilliCores(60));
        assertThat(new MilliCores(50).minusOrZero(new MilliCores(60))).isEqualTo(MilliCores.ZERO);
    }

    @Test
    void resourcesFitWhenEachOneDoes() {
        Resources small = new Resources(new MilliCores(100), new Bytes(10), GpuMilli.ZERO);
        Resources large = new Resources(new MilliCores(200), new Bytes(10), new GpuMilli(1000));
        assertThat(small.fitsIn(large)).isTrue();
        assertThat(large.fitsIn(small)).isFalse();
        assertThat(small.plus(large).minusOrZero(small)).isEqualTo(large);
    }

    @Test
    void moneyRoundsWhereItIsToldAndDoesNotMix() {
        Money price = Money.of(new BigDecimal("0.0000001"), Money.USD, RoundingMode.CEILING);
        assertThat(price.micros()).isEqualTo(1);
        assertThat(price.minus(new Money(3, Money.USD))).isEqualTo(new Money(-2, Money.USD));
        assertThat(new Money(10, Money.USD).times(0.55, RoundingMode.DOWN)).isEqualTo(new Money(5, Money.USD));
        assertThat(new Money(1_500_000, Money.USD)).hasToString("1.500000 USD");
        Money euro = Money.zero(Currency.getInstance("EUR"));
        assertThatThrownBy(() -> price.plus(euro)).hasMessageContaining("EUR");
        assertThatThrownBy(() -> price.times(Double.NaN, RoundingMode.UP)).hasMessageContaining("NaN");
    }
}
