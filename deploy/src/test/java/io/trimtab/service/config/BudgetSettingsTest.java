package io.trimtab.service.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetSettingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"hooks.example.org/services/s3cret", "ftp://example.org/s3cret", "https:///s3cret"})
    void doesNotShowTheSecretPathOfAWrongUrl(String url) {
        Optional<URI> webhook = Optional.of(URI.create(url));
        assertThatThrownBy(() -> new Settings.Budgets(Optional.empty(), webhook, Optional.empty()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("--webhook-url")
                .hasMessageNotContaining("s3cret");
    }
}
