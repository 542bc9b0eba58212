package io.trimtab.service.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExternalMetricTest {
    @ParameterizedTest
    @CsvSource({
        "2, 2",
        "2.000, 2",
        "1.5, 1500m",
        "0, 0",
        "0.0001, 1m",
        "1.0001, 1001m",
        "1e9, 1000000000",
        "1073741824.25, 1073741824250m"
    })
    void isAQuantity(BigDecimal value, String quantity) {
        assertThat(new ExternalMetric(Map.of(), value, Instant.EPOCH).quantity())
                .isEqualTo(quantity);
    }
}
