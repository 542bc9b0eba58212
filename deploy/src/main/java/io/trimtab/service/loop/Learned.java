package io.trimtab.service.loop;

import io.trimtab.forecast.OutlookForecaster;
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

    /** What is forecast beside containers; a file without it lets it be learned anew. */
    static Section further(OutlookForecaster forecaster) {
        return new Section(
                "further-series",
                "what was learned of namespaces, pools of nodes, triggers, replicas and spend is learned again",
                OutlookForecaster.FURTHER_VERSION,
                () -> {
                    StateWriter to = new StateWriter();
                    forecaster.saveFurther(to);
                    return to.toBytes();
                },
                (version, content) -> {
                    if (version != OutlookForecaster.FURTHER_VERSION)
                        throw new IllegalArgumentException("version %d is not known, only %d is"
                                .formatted(version, OutlookForecaster.FURTHER_VERSION));
                    forecaster.restoreFurther(new StateReader(content));
                });
    }
}
