package io.trimtab.cost.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trimtab.cost.tariff.Discount;
import io.trimtab.cost.tariff.GivenPrice;
import io.trimtab.cost.tariff.Machine;
import io.trimtab.cost.tariff.MachineSelector;
import io.trimtab.cost.tariff.OwnRates;
import io.trimtab.cost.tariff.OwnRates.Parts;
import io.trimtab.cost.tariff.Tariff;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceBookTest {
    private static final PriceBook BOOK = PriceBook.shipped();

    @Test
    void knowsListPrices() {
        assertThat(BOOK.price("m5.large", Resources.ZERO, false)).isInstanceOf(Price.Listed.class);
        assertThat(BOOK.price("m5.large", Resources.ZERO, false).perHour()).isEqualByComparingTo("0.096");
        assertThat(BOOK.price("m5.large", Resources.ZERO, true).perHour()).isEqualByComparingTo("0.04032");
    }

    @Test
    void estimatesUnknownTypesAndSaysSo() {
        Resources capacity = new Resources(new MilliCores(6000), Bytes.parse("24Gi"), GpuMilli.ZERO);
        Price family = BOOK.price("m5.enormous", capacity, false);
        assertThat(family).isInstanceOf(Price.EstimatedByFamily.class);
        // Three times m5.large: 6 cores of 2, 24 GiB of 8.
        assertThat(family.perHour().doubleValue()).isBetween(0.287, 0.289);
        Price components = BOOK.price("homemade", capacity, false);
        // 6 x 0.031611 + 24 x 0.004237
        assertThat(components).isInstanceOf(Price.EstimatedByComponents.class);
        assertThat(components.perHour()).isEqualByComparingTo("0.291354");
    }

    /** p4d.24xlarge lists 21.957642; the first is what it lists for a second, the last for a month. */
    @ParameterizedTest
    @CsvSource(textBlock = """
        p4d.24xlarge,    0.0061,  false
        p4d.24xlarge,    0.2195,  false
        p4d.24xlarge,    0.2196,  true
        p4d.24xlarge,    439,     true
        p4d.24xlarge,    440,     false
        p4d.*,           0.0061,  true
        homemade,        0.0061,  true
        """)
    void aPriceThatCannotBeForAnHourIsRefused(String type, String price, boolean taken) {
        GivenPrice given = given(type, "*", Optional.empty(), price);
        if (taken) BOOK.check(given);
        else
            assertThatThrownBy(() -> BOOK.check(given))
                    .hasMessageContaining("cannot be that of p4d.24xlarge for an hour");
    }

    /** m5.large lists 0.096; 42 % of it on spot capacity, where no spot price is published. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        named before a star     | m5.large      | eu-west-1 | rack | false | 0.08
        of another region: star | m5.large      | us-east-1 |      | false | 0.09
        as the star says        | m5.2xlarge    | eu-west-1 |      | false | 0.09
        spot has its own        | m5.large      | eu-west-1 |      | true  | 0.03
        by own rates            | homemade      |           | rack | false | 1.04
        discount                | c5.large      | eu-west-1 |      | false | 0.0765
        the first discount      | c5.large      | us-east-1 |      | false | 0.0425
        spot share, discount    | c5.large      | eu-west-1 |      | true  | 0.0153
        """)
    void theTariffDecides(String name, String type, String region, String pool, boolean spot, String price) {
        PriceBook book = BOOK.under(TARIFF);
        Resources capacity = new Resources(new MilliCores(2000), Bytes.parse("8Gi"), GpuMilli.ZERO);
        Price found =
                book.price(new Machine(type, region == null ? "" : region, pool == null ? "" : pool, capacity, spot));
        assertThat(found.perHour()).isEqualByComparingTo(price);
        assertThat(found instanceof Price.Given).isEqualTo(!type.startsWith("c5"));
    }

    /** Two cores and 8 GiB at 0.30 and 0.05, and 20 W a core at 1 USD for a kWh: 0.6 + 0.4 + 0.04. */
    private static final Tariff TARIFF = new Tariff(
            List.of(
                    given("m5.*", "*", Optional.empty(), "0.09"),
                    given("m5.large", "eu-*", Optional.of(false), "0.08"),
                    given("m5.large", "eu-*", Optional.of(true), "0.03")),
            List.of(new OwnRates(
                    new MachineSelector("*", "*", "rack", Optional.empty()),
                    new Parts(new BigDecimal("0.3"), new BigDecimal("0.05"), BigDecimal.ZERO),
                    BigDecimal.ONE,
                    new Parts(new BigDecimal("20"), BigDecimal.ZERO, BigDecimal.ZERO))),
            List.of(
                    new Discount(new MachineSelector("c5*", "eu-*", "*", Optional.empty()), BigDecimal.TEN),
                    new Discount(MachineSelector.ALL, new BigDecimal("50"))),
            Optional.of(new BigDecimal("0.2")),
            List.of());

    private static GivenPrice given(String types, String regions, Optional<Boolean> spot, String price) {
        return new GivenPrice(new MachineSelector(types, regions, "*", spot), new BigDecimal(price));
    }
}
