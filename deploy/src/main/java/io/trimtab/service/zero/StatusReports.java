package io.trimtab.service.zero;

import io.trimtab.actuate.kubernetes.StatusCondition;
import io.trimtab.ingest.model.TriggeredScaling;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes into the objects' statuses how they stand: what is news, a few a second. */
final class StatusReports implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusReports.class);
    private static final int PER_SECOND = 5;

    /** What cannot be read names no workload that is known. */
    private static final WorkloadId NO_WORKLOAD = new WorkloadId("unknown", "Unknown", "unknown");

    private final StatusWriter status;
    private final InstantSource time;
    private final Writer<Report> writer;
    private final Map<TriggeredScaling.Owner, String> unreadable = new HashMap<>();

    /** What goes into an object's status. */
    record Reported(List<StatusCondition> conditions, Optional<Instant> lastActive) {}

    /** @param entry whose news it is; empty for what cannot be read */
    private record Report(Reported what, Optional<ScaledEntry> entry) {}

    StatusReports(StatusWriter status, InstantSource time) {
        this.status = status;
        this.time = time;
        this.writer = new Writer<>("zero-statuses", PER_SECOND, time, this::write);
    }

    void start() {
        writer.start();
    }

    void report(ScaledEntry entry, Standing standing) {
        Reported now = new Reported(Conditions.of(standing), standing.lastActive());
        if (entry.isNews(now, time.instant())) writer.add(standing.object().id(), new Report(now, Optional.of(entry)));
    }

    /** What cannot be read at all has no entry, and says so in its status once for each reason. */
    void reportUnreadable(Map<TriggeredScaling.Owner, String> now) {
        unreadable.keySet().retainAll(now.keySet());
        now.forEach((owner, why) -> {
            if (why.equals(unreadable.put(owner, why))) return;
            Reported invalid = new Reported(List.of(Conditions.invalid(why)), Optional.empty());
            writer.add(new TriggeredScaling.Id(owner, NO_WORKLOAD), new Report(invalid, Optional.empty()));
        });
    }

    void forget(TriggeredScaling.Id id) {
        writer.forget(id);
    }

    private void write(WriteQueue.Write<Report> write) {
        TriggeredScaling.Owner owner = write.id().owner();
        Reported what = write.what().what();
        Optional<String> refused = status.write(owner, what.conditions(), what.lastActive());
        refused.ifPresent(why -> write.what()
                .entry()
                .ifPresentOrElse(
                        entry -> entry.statusRefused(owner, why),
                        () -> LOG.warn("the status of {} is not written: {}", owner, why)));
    }

    @Override
    public void close() {
        writer.close();
    }
}
