package io.trimtab.service.testbed;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class RequirementTest {
    private static final String LINE = "'prometheus' is not on PATH; install it: apt-get install prometheus";

    @Test
    void onADesktopTheTestIsSkippedAndSaysHowToInstall() {
        assertThatThrownBy(() -> Requirement.missing(LINE, false))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining(LINE);
    }

    @Test
    void inContinuousIntegrationTheTestFails() {
        assertThatThrownBy(() -> Requirement.missing(LINE, true))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining(LINE);
    }
}
