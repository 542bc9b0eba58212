package io.trimtab.service.loop;

import io.trimtab.forecast.FurtherSeries;
import io.trimtab.ingest.model.MetricFinding;
import io.trimtab.recommend.cycle.SourceHealth;
import io.trimtab.service.view.StatusView;
import java.util.Locale;

/** Shows how sources are doing, and what room there is for what comes of them. */
final class SourceRendering {
    private SourceRendering() {}

    static StatusView.RoomView room(FurtherSeries.Room room) {
        return new StatusView.RoomView(room.series(), room.most(), room.leftOut());
    }

    static StatusView.MetricView metric(MetricFinding finding) {
        return new StatusView.MetricView(
                finding.metric().name().toLowerCase(Locale.ROOT), finding.source(), finding.cost());
    }

    static StatusView.SourceView source(String name, String where, SourceHealth health) {
        return new StatusView.SourceView(
                name,
                where,
                health.answeredAt().orElse(null),
                health.failure().map(SourceHealth.Failure::since).orElse(null),
                health.failure().map(SourceHealth.Failure::message).orElse(""),
                health.gaps());
    }
}
