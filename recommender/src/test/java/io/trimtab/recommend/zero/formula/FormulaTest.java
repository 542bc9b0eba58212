package io.trimtab.recommend.zero.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With a = 2, b = 3, a-b = 10 and none without a value. */
class FormulaTest {
    private static final Map<String, Optional<BigDecimal>> VALUES = Map.of(
            "a", Optional.of(BigDecimal.TWO),
            "b", Optional.of(BigDecimal.valueOf(3)),
            "a-b", Optional.of(BigDecimal.TEN),
            "none", Optional.empty());

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '"', textBlock = """
        a + b * 2                          => 8
        (a + b) * 2                        => 10
        a - b                              => -1
        a-b                                => 10
        2 ** 3 ** 2                        => 512
        -a ** 2                            => -4
        2 ^ 0.5 > 1.41 ? 1 : 0             => 1
        7 % 4                              => 3
        1 / 4                              => 0.25
        0.1 + 0.2                          => 0.3
        1.1 / 0.1                          => 11
        .5e1 + 1e-1                        => 5.1
        a > b ? a : b                      => 3
        a < b && !(a == b) ? 1 : 0         => 1
        a > b || a != 2 ? 1 : 0            => 0
        not (a > b) and true ? 1 : 0       => 1
        a > 1 ? b > 5 ? 1 : 2 : 3          => 2
        none ?? 7                          => 7
        none ?? a + 1                      => 3
        a ?? 7                             => 2
        none == nil ? 1 : 0                => 1
        sum(a, b)                          => 5
        sum([a, b, 1])                     => 6
        avg(a, b)                          => 2.5
        mean([a, b])                       => 2.5
        min(a, [b, 1])                     => 1
        max(a, b)                          => 3
        count([a, b, 5], {# > 2})          => 2
        count([a > 1, b > 5])              => 1
        ceil(a / b) + floor(1.9) + abs(-1) => 3
        round(2.5)                         => 3
        """)
    void comesTo(String formula, BigDecimal expected) {
        assertThat(Formula.parse(formula, VALUES.keySet()).value(VALUES)).isEqualByComparingTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '"', textBlock = """
        a / (b - 3)       => divides by zero
        a % 0             => divides by zero
        none + 1          => + needs a number, this is a trigger without a value
        none              => needs a number
        a > b             => needs a number, this is false
        a ? 1 : 2         => needs true or false, this is the number 2
        a && true ? 1 : 2 => && needs true or false
        (0-1) ** 0.5      => is not a finite number
        10 ** 400         => is not a finite number
        avg([])           => of nothing
        ceil(a, b)        => takes one number
        [a, b] + 1        => a list of 2
        """)
    void hasNoValueNow(String formula, String why) {
        assertThatThrownBy(() -> Formula.parse(formula, VALUES.keySet()).value(VALUES))
                .isInstanceOf(FormulaException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '"', textBlock = """
        ""        => the end at 1 was not expected
        a +       => the end at 4 was not expected
        a b       => b at 3 was not expected
        (a        => where ) was expected
        a ? b     => where : was expected
        c + 1     => c at 1 is neither a trigger's name nor a function
        a $ b     => '$' at 3 is not understood
        1 + #     => # at 5 was not expected
        sum(a b)  => where ) was expected
        a = b     => '=' at 3 is not understood
        """)
    void refuses(String formula, String why) {
        assertThatThrownBy(() -> Formula.parse(formula, VALUES.keySet()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void refusesWhatIsTooLongOrTooDeep() {
        assertThatThrownBy(() -> Formula.parse("1".repeat(5_000), VALUES.keySet()))
                .hasMessageContaining("5000 characters");
        assertThatThrownBy(() -> Formula.parse("(".repeat(200) + "a" + ")".repeat(200), VALUES.keySet()))
                .hasMessageContaining("nested deeper");
        assertThat(Formula.parse("- ".repeat(1_000) + "a", VALUES.keySet()).value(VALUES))
                .isEqualByComparingTo("2");
    }

    @Test
    void knowsWhatItUses() {
        assertThat(Formula.parse("a + count([none ?? 1], {# > 0})", VALUES.keySet())
                        .used())
                .containsExactlyInAnyOrder("a", "none");
    }
}
