package io.trimtab.recommend.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WholeNodesTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        nothing is a sum too               | 0        | 0.2 0.38          | 0.4       | 0
        up to the next sum                 | 0.2375   | 0.2 0.38          | 0.4       | 0.38
        a sum is kept                      | 0.38     | 0.2 0.38          | 0.4       | 0.38
        just above a sum                   | 0.380001 | 0.2 0.38          | 0.4       | 0.40
        sums of several prices             | 0.5      | 0.2 0.38          | 0.8       | 0.58
        up to what was reached             | 0.77     | 0.2 0.38          | 0.78      | 0.78
        a free node adds nothing           | 0.1      | 0 0.2             | 0.2       | 0.2
        only free nodes                    | 0        | 0                 | 0         | 0
        prices of many digits              | 0.05     | 0.1 0.25000000001 | 0.1       | 0.05
        without prices                     | 0        |                   | 0         | 0
        """)
    void liftsToASumOfPrices(String name, BigDecimal bound, String prices, BigDecimal reached, BigDecimal lifted) {
        List<BigDecimal> all = prices == null
                ? List.of()
                : Arrays.stream(prices.split(" ")).map(BigDecimal::new).toList();

        assertThat(WholeNodes.atLeast(bound, all, reached)).isEqualByComparingTo(lifted);
    }
}
