package io.trimtab.service.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.cost.tariff.GivenPrice;
import io.trimtab.cost.tariff.MachineSelector;
import io.trimtab.cost.tariff.Tariff;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.Node;
import io.trimtab.service.view.NodesView.CostView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodePricesTest {
    private static final NodePrices PRICES = new NodePrices(PriceBook.shipped()
            .under(new Tariff(
                    List.of(new GivenPrice(
                            new MachineSelector("ours", "eu-1", "*", Optional.empty()), new BigDecimal("0.5"))),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    List.of())));

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        ours       | 0.5      | false | your prices                                                         |
        m5.large   | 0.096    | false | list prices of aws us-east-1                                        | 2026-07-20
        m5.slim    | 0.096    | true  | estimated by m5.large and its family, list prices of aws us-east-1  | 2026-07-20
        homemade   | 0.097118 | true  | estimated by cores, memory and GPUs                                 |
        """)
    void tellsWhereAPriceComesFrom(String type, String perHour, boolean estimated, String source, String date) {
        Resources capacity = new Resources(new MilliCores(2000), Bytes.parse("8Gi"), GpuMilli.ZERO);
        CostView cost = PRICES.cost(new Node(
                "n",
                type,
                "eu-1",
                "a",
                CapacityType.ON_DEMAND,
                capacity,
                capacity,
                110,
                true,
                true,
                Map.of(),
                Instant.EPOCH));
        assertThat(cost.perHour()).isCloseTo(new BigDecimal(perHour), withinPercentage(1));
        assertThat(cost.estimated()).isEqualTo(estimated);
        assertThat(cost.source()).isEqualTo(source);
        assertThat(cost.date()).isEqualTo(date);
    }
}
