package io.trimtab.ingest.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the labels app=web, tier=front and empty=. */
class LabelSelectorTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        ""                           | true
        app=web                      | true
        app==web                     | true
        app = web                    | true
        app=api                      | false
        app!=api                     | true
        app!=web                     | false
        none!=web                    | true
        none=web                     | false
        app                          | true
        !app                         | false
        none                         | false
        !none                        | true
        app in (api,web)             | true
        app in (api, db)             | false
        app notin (api,db)           | true
        app notin (web)              | false
        none in (web)                | false
        none notin (web)             | true
        empty=                       | true
        empty                        | true
        app=web,tier=front           | true
        app=web,tier=back            | false
        app in (web),!none,tier!=back | true
        """)
    void picks(String selector, boolean picked) {
        assertThat(LabelSelector.parse(selector).test(Map.of("app", "web", "tier", "front", "empty", "")))
                .isEqualTo(picked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app===web",
                "app in web",
                "app in (web",
                "app in",
                "=web",
                "app=web,,tier=front",
                "app=we b",
                "!",
                "!app=web",
                ",",
                "app web"
            })
    void refuses(String selector) {
        assertThatThrownBy(() -> LabelSelector.parse(selector)).isInstanceOf(IllegalArgumentException.class);
    }
}
