package io.trimtab.service.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectNamesTest {
    @ParameterizedTest
    @CsvSource({
        "m5.xlarge, trimtab-price-m5.xlarge-spot",
        "Standard_D4s_v5, trimtab-price-standard-d4s-v5-spot-[0-9a-f]{8}",
        "a..b, trimtab-price-a--b-spot-[0-9a-f]{8}",
        "a b, trimtab-price-a-b-spot-[0-9a-f]{8}"
    })
    void whatCannotBeANameBecomesOne(String type, String expected) {
        assertThat(ObjectNames.of("price", type, "spot")).matches(expected);
    }

    @Test
    void whatLooksAlikeStaysApart() {
        assertThat(ObjectNames.of("price", "a_b", "spot")).isNotEqualTo(ObjectNames.of("price", "a b", "spot"));
        assertThat(ObjectNames.of("Deployment", "web")).isNotEqualTo(ObjectNames.of("StatefulSet", "web"));
    }

    @Test
    void theLongestNameIsCut() {
        String name = ObjectNames.of("Deployment", "w".repeat(253));
        assertThat(name).hasSizeLessThanOrEqualTo(253).isNotEqualTo(ObjectNames.of("Deployment", "w".repeat(252)));
    }
}
