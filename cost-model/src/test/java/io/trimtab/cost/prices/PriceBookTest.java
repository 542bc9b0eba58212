package io.trimtab.cost.prices;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import org.junit.jupiter.api.Test;

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
}
