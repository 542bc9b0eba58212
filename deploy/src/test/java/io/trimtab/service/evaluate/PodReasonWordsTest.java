package io.trimtab.service.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.MilliCores;
import io.trimtab.recommend.PodReason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodReasonWordsTest {
    @Test
    void stepsOfTheDayAreSaidInTheirOrder() {
        assertThat(PodReasonWords.explain(new PodReason.TimeOfWeek(
                        List.of(step(320, 5), step(700, 1), step(410, 18)), new MilliCores(720))))
                .isEqualTo("320m CPU for 5 hours, then 700m CPU for 1 hour, then 410m CPU for 18 hours, by what past"
                        + " weeks used then; all of the week needs 720m");
    }

    private static PodReason.Step step(long milli, long hours) {
        return new PodReason.Step(new MilliCores(milli), Duration.ofHours(hours));
    }
}
