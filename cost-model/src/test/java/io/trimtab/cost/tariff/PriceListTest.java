package io.trimtab.cost.tariff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trimtab.cost.units.Resources;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceListTest {
    private static final Currencies MONEY = new Currencies("USD", Map.of("EUR", new BigDecimal("1.1")));

    @Test
    void readsPrices() {
        assertThat(read("""
            # Of our contract.
            instance_type, price_per_hour, region, capacity_type, currency

            m5.large, 0.08, eu-west-1, on-demand,
            c5.*, 0.05, , spot, EUR
            """))
                .containsExactly(
                        new GivenPrice(
                                new MachineSelector("m5.large", "eu-west-1", "*", Optional.of(false)),
                                new BigDecimal("0.08")),
                        new GivenPrice(
                                new MachineSelector("c5.*", "*", "*", Optional.of(true)), new BigDecimal("0.055")));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
        instance_type,price_per_hour;m5.large,0               | prices.csv:2: price (0) must be above 0
        instance_type,price_per_hour;m5.large,-1              | prices.csv:2: price (-1) must be above 0
        instance_type,price_per_hour;;m5.large,10001          | prices.csv:3: price (10001) must be above 0 and at most
        instance_type,price_per_hour;m5.large,NaN             | prices.csv:2: price_per_hour (NaN) must be a number
        instance_type,price_per_hour;m5.large,1e999999999     | prices.csv:2: price_per_hour (1e999999999) must be a number
        instance_type,price_per_hour;m5.large,                | prices.csv:2: price_per_hour must not be empty
        instance_type,price_per_hour;,1                       | prices.csv:2: instance_type must not be empty
        instance_type,price_per_hour;m5.large                 | prices.csv:2: 1 cells, but 2 columns
        instance_type,price_per_hour;a,1;b,2;a,3              | prices.csv:4: line 2 is for the same
        instance_type,price_per_hour,currency;a,1,CHF         | prices.csv:2: currency (CHF) must be USD or stand in the table
        instance_type,price_per_hour,capacity_type;a,1,Spot   | prices.csv:2: capacity type (Spot) must be on-demand, spot or empty
        instance_type,price                                   | prices.csv:1: column (price) must be one of
        instance_type,instance_type                           | prices.csv:1: column instance_type must not be there twice
        instance_type,region                                  | prices.csv:1: column price_per_hour is missing
        ''                                                    | prices.csv: must begin with a line that names the columns
        instance_type,price_per_hour;"a",1                    | prices.csv:2: no cell needs quotation marks
        """)
    void saysWhichLineIsWrong(String lines, String message) {
        assertThatThrownBy(() -> read(lines.replace(';', '\n'))).hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
        m5.large,     m5.large,     true
        m5.large,     m5.larger,    false
        m5.*,         m5.large,     true
        m5.*,         m5,           false
        *.large,      m5.large,     true
        a*a,          a,            false
        a*a,          aa,           true
        a*b*c,        a-b-c,        true
        a*b*c,        a-c-b,        false
        a*bb*b,       abb,          false
        a*bb*b,       abbb,         true
        *,            '',           true
        """)
    void aStarStandsForAnyText(String pattern, String type, boolean matches) {
        Machine machine = new Machine(type, "", "", Resources.ZERO, false);
        assertThat(new MachineSelector(pattern, "*", "*", Optional.empty()).matches(machine))
                .isEqualTo(matches);
    }

    private static List<GivenPrice> read(String text) {
        return PriceList.read("prices.csv", text.lines().toList(), MONEY, _ -> {});
    }
}
