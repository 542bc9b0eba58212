package io.trimtab.service.loop;

import io.trimtab.forecast.ContainerOutlook;
import io.trimtab.forecast.DemandKind;
import io.trimtab.forecast.DemandOutlook;
import io.trimtab.forecast.Overall;
import io.trimtab.forecast.Scope;
import io.trimtab.forecast.SeriesOutlook;
import io.trimtab.forecast.TypicalAccuracy;
import io.trimtab.forecast.online.Accuracy;
import io.trimtab.forecast.online.HourAhead;
import io.trimtab.forecast.online.Level;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.service.view.ForecastView;
import io.trimtab.service.view.ForecastView.AccuracyView;
import io.trimtab.service.view.ForecastView.AheadView;
import io.trimtab.service.view.ForecastView.HistoryView;
import io.trimtab.service.view.ForecastView.JointView;
import io.trimtab.service.view.ForecastView.LeakView;
import io.trimtab.service.view.ForecastView.PastView;
import io.trimtab.service.view.ForecastView.PoolingView;
import io.trimtab.service.view.ForecastView.QuantilesView;
import io.trimtab.service.view.ForecastView.SeriesView;
import io.trimtab.service.view.JointForecastView;
import io.trimtab.service.view.StatusView.ForecastsOverallView;
import io.trimtab.service.view.StatusView.ForecastsView;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Shows what a workload, a namespace or a pool of nodes is expected to need. */
final class ForecastRendering {
    private static final int HOUR_SECONDS = 3600;

    private ForecastRendering() {}

    static ForecastView of(WorkloadId workload, List<ContainerOutlook> containers, List<DemandOutlook> demands) {
        return new ForecastView(
                workload.toString(),
                Stream.concat(
                                containers.stream().map(ForecastRendering::series),
                                demands.stream().map(ForecastRendering::series))
                        .toList());
    }

    static JointForecastView of(Scope scope, String name, List<DemandOutlook> demands) {
        return new JointForecastView(
                scope.toString(),
                name,
                demands.stream().map(ForecastRendering::series).toList());
    }

    private static SeriesView series(ContainerOutlook it) {
        return series(
                new Named(it.container(), DemandKind.of(it.resource()), ""),
                it.series(),
                it.leak()
                        .map(leak -> new LeakView(leak.sharePerHour(), leak.hours()))
                        .orElse(null),
                null);
    }

    private static SeriesView series(DemandOutlook it) {
        return series(
                new Named("", it.subject().kind(), it.subject().source()),
                it.series(),
                null,
                it.pooling().map(ForecastRendering::pooling).orElse(null));
    }

    private record Named(String container, DemandKind kind, String trigger) {}

    private static SeriesView series(
            Named named, SeriesOutlook it, @Nullable LeakView leak, @Nullable PoolingView pooling) {
        Instant newest = Instant.ofEpochSecond(it.newestSeconds());
        Accuracy accuracy = it.accuracy();
        return new SeriesView(
                named.container(),
                named.kind().toString(),
                named.trigger(),
                named.kind().unit(),
                newest,
                new HistoryView(
                        LongStream.range(0, it.means().length)
                                .map(hour -> it.firstHourSeconds() + hour * HOUR_SECONDS)
                                .toArray(),
                        known(it.means()),
                        known(it.maxima())),
                it.ahead().stream()
                        .map(ahead -> new AheadView(
                                ahead.horizon().toSeconds(),
                                newest.plus(ahead.horizon()),
                                quantiles(ahead.outlook()::value),
                                quantiles(ahead.outlook()::maximum)))
                        .toList(),
                it.said().stream().map(said -> past(said, it)).toList(),
                new AccuracyView(
                        accuracy.hours(),
                        accuracy.mase(),
                        accuracy.pinball(),
                        accuracy.coverage(),
                        accuracy.betterThanNaive()),
                leak,
                pooling);
    }

    static ForecastsView of(Overall overall) {
        TypicalAccuracy typical = overall.typical();
        return new ForecastsView(
                overall.scope().toString(),
                overall.kind().toString(),
                typical.series(),
                typical.mase(),
                typical.pinball(),
                typical.coverage(),
                typical.betterThanNaive());
    }

    static ForecastsOverallView of(TypicalAccuracy overall) {
        return new ForecastsOverallView(
                overall.series(), overall.mase(), overall.pinball(), overall.coverage(), overall.betterThanNaive());
    }

    private static PoolingView pooling(DemandOutlook.Pooling it) {
        return new PoolingView(
                it.members(),
                it.p95().stream()
                        .map(joint -> new JointView(
                                joint.horizon().toSeconds(),
                                joint.value(),
                                joint.membersValue(),
                                joint.maximum(),
                                joint.membersMaximum()))
                        .toList());
    }

    private static PastView past(HourAhead said, SeriesOutlook it) {
        long hour = (said.startSeconds() - it.firstHourSeconds()) / HOUR_SECONDS;
        boolean isOver = hour >= 0 && hour < it.maxima().length;
        return new PastView(
                Instant.ofEpochSecond(said.startSeconds()),
                said.p50(),
                said.p95(),
                isOver ? known(it.maxima()[(int) hour]) : null);
    }

    private static QuantilesView quantiles(ToDoubleFunction<Level> of) {
        return new QuantilesView(
                of.applyAsDouble(Level.P50),
                of.applyAsDouble(Level.P80),
                of.applyAsDouble(Level.P90),
                of.applyAsDouble(Level.P95),
                of.applyAsDouble(Level.P99));
    }

    private static List<@Nullable Double> known(double[] values) {
        return Arrays.stream(values).mapToObj(ForecastRendering::known).toList();
    }

    private static @Nullable Double known(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
