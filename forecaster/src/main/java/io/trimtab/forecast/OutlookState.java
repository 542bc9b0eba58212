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
    /**
     * Version 1 was that of the other forecaster alone, version 2 had no leaks, version 3 neither deploys nor minutes, version 4 not
     * whose starts were counted.
     */
    static final int VERSION = 5;

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
        if (version < 1 || version > VERSION)
            throw new IllegalArgumentException(
                    "version %d of the forecaster's state is not known, only 1 to %d are".formatted(version, VERSION));
        if (version == 1) return new OutlookState(Map.of(), Map.of(), 1);
        Map<Subject, Together> known = new HashMap<>();
        for (int left = from.count(); left > 0; left--) {
            WorkloadId workload = new WorkloadId(from.text(), from.text(), from.text());
            Subject subject = new Subject(workload, from.text(), Resource.valueOf(from.text()));
            known.put(subject, Together.read(from, version));
        }
        Map<WorkloadId, MinuteUse> minutes = version > 3 ? ScaledMinutes.read(from, version) : Map.of();
        return new OutlookState(known, minutes, Math.toIntExact(Math.min(from.number(), Integer.MAX_VALUE)));
    }
}
