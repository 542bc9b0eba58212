package io.trimtab.forecast;

import io.trimtab.forecast.OutlookForecaster.Subject;
import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.WorkloadId;
import java.util.HashMap;
import java.util.Map;

/**
 * The form in which an {@link OutlookForecaster} is saved, but for further series.
 *
 * @param innerVersion of the other forecaster's state, which comes next
 */
record OutlookState(Map<Subject, Together> known, Map<WorkloadId, MinuteUse> minutes, int innerVersion) {
    /** Of the form below; a change of it takes the next one. */
    static final int VERSION = 6;

    static void write(
            Map<Subject, Together> known, ScaledMinutes minutes, RememberingForecaster inner, StateWriter to) {
        to.number(known.size());
        known.forEach((subject, together) -> {
            to.text(subject.workload().namespace());
            to.text(subject.workload().kind());
            to.text(subject.workload().name());
            to.text(subject.container());
            to.text(subject.resource().name());
            together.write(to);
        });
        minutes.write(to);
        to.number(inner.stateVersion());
        inner.save(to);
    }

    /** @throws IllegalArgumentException if the version is not known, or the bytes hold no such state */
    static OutlookState read(int version, StateReader from) {
        if (version != VERSION)
            throw new IllegalArgumentException(
                    "version %d of the forecaster's state is not known, only %d is".formatted(version, VERSION));
        Map<Subject, Together> known = new HashMap<>();
        for (int left = from.count(); left > 0; left--) {
            WorkloadId workload = new WorkloadId(from.text(), from.text(), from.text());
            Subject subject = new Subject(workload, from.text(), Resource.valueOf(from.text()));
            known.put(subject, Together.read(from));
        }
        return new OutlookState(
                known, ScaledMinutes.read(from), Math.toIntExact(Math.min(from.number(), Integer.MAX_VALUE)));
    }
}
