package io.trimtab.service.loop;

import io.trimtab.forecast.RememberingForecaster;
import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.recommend.cycle.Cycle;
import io.trimtab.service.state.Section;
import java.time.Instant;

/** What the forecaster has learned and up to when: both or nothing, so that no sample is left out and none counts twice. */
final class Learned {
    private static final int VERSION = 1;

    private Learned() {}

    static Section section(Cycle cycle, RememberingForecaster forecaster) {
        return new Section(
                "learned",
                "what was learned of usage is lost, and learned again from the history as far as a store has it",
                VERSION,
                () -> save(cycle, forecaster),
                (version, content) -> restore(version, content, cycle, forecaster));
    }

    /** The form of the rest is the forecaster's own, and so is its version. */
    private static byte[] save(Cycle cycle, RememberingForecaster forecaster) {
        StateWriter to = new StateWriter();
        to.moment(cycle.readUntil().orElse(null));
        to.number(forecaster.stateVersion());
        forecaster.save(to);
        return to.toBytes();
    }

    private static void restore(int version, byte[] content, Cycle cycle, RememberingForecaster forecaster) {
        if (version != VERSION)
            throw new IllegalArgumentException("version %d is not known, only %d is".formatted(version, VERSION));
        StateReader from = new StateReader(content);
        Instant readUntil = from.moment();
        forecaster.restore(Math.toIntExact(from.number()), from);
        if (readUntil != null) cycle.resumeAfter(readUntil);
    }
}
