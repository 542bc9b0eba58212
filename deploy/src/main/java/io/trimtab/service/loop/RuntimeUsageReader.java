package io.trimtab.service.loop;

import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.RuntimeUsageSource;
import io.trimtab.ingest.model.RuntimeUsage;
import io.trimtab.ingest.model.WorkloadState;
import io.trimtab.service.view.RuntimeUsageView;
import io.trimtab.service.view.RuntimeUsageView.FigureView;
import io.trimtab.service.view.RuntimeUsageView.MissingView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads what the runtimes of a workload tell, and shows it; what stands in the way is shown as a gap. */
final class RuntimeUsageReader {
    private RuntimeUsageReader() {}

    /** @param source empty where there is no store to ask */
    static RuntimeUsageView read(Optional<RuntimeUsageSource> source, WorkloadState state, Instant now) {
        if (source.isEmpty())
            return nothing(now, "there is no store of metrics to ask; start Trimtab with --prometheus URL");
        try {
            return view(source.get().read(state.id(), MonitorRendering.metrics(state), now));
        } catch (IngestException e) {
            return nothing(now, String.valueOf(e.getMessage()));
        }
    }

    /** @param why there is none */
    static RuntimeUsageView nothing(Instant now, String why) {
        return view(new RuntimeUsage(now, now, Duration.ZERO, List.of(), List.of(), List.of(why)));
    }

    private static RuntimeUsageView view(RuntimeUsage it) {
        return new RuntimeUsageView(
                it.from(),
                it.to(),
                it.step().toSeconds(),
                it.figures().stream()
                        .map(figure -> new FigureView(
                                figure.metric().name(),
                                figure.metric().words(),
                                figure.metric().unit(),
                                figure.container(),
                                figure.pods(),
                                figure.last(),
                                figure.max(),
                                figure.samples(),
                                figure.firstAt(),
                                figure.lastAt()))
                        .toList(),
                it.missing().stream()
                        .map(missing -> new MissingView(
                                missing.metric().name(), missing.metric().words(), missing.names()))
                        .toList(),
                it.gaps());
    }
}
