package io.trimtab.service.focus;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trimtab.service.account.AccountException;
import io.trimtab.service.focus.ExportTurns.Turn;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExportTurnsTest {
    private Instant now = Instant.parse("2026-11-18T10:00:00Z");
    private final ExportTurns turns = new ExportTurns(() -> now);

    @Test
    void oneAtATime() throws Exception {
        Turn first = turns.take();
        assertThatThrownBy(turns::take)
                .isInstanceOf(AccountException.class)
                .hasMessageContaining("another export is under way");
        first.close();
        try (Turn second = turns.take()) {
            first.close();
            assertThatThrownBy(turns::take).as("it is the second one's").isInstanceOf(AccountException.class);
            second.goOn();
        }
        turns.take().close();
    }

    @Test
    void whoDoesNotGoOnLosesItsTurn() throws Exception {
        Turn first = turns.take();
        now = now.plus(ExportTurns.PATIENCE);
        assertThatThrownBy(turns::take).isInstanceOf(AccountException.class);
        first.goOn();
        now = now.plus(ExportTurns.PATIENCE).plus(Duration.ofMillis(1));
        try (Turn second = turns.take()) {
            second.goOn();
            assertThatThrownBy(first::goOn)
                    .isInstanceOf(AccountException.class)
                    .hasMessageContaining("was not read for 5 minutes");
        }
    }
}
