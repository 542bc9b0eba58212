package io.trimtab.service.loop;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.forecast.HistogramForecaster;
import io.trimtab.forecast.Outlooks;
import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.ingest.remotewrite.ReplicaElection;
import io.trimtab.ingest.remotewrite.ReplicaLabels;
import io.trimtab.recommend.cycle.CycleObserver;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.service.config.Settings;
import io.trimtab.service.view.StateView;
import io.trimtab.service.view.Views;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a cluster once, decides, and lets it go. */
public record OneRound(CycleReport report, Views views) {
    /** @param progress is told what takes long */
    public static OneRound run(Settings settings, Consumer<String> progress) {
        PriceBook prices = PriceBook.shipped().under(settings.tariff());
        PushedSamples pushed = PushedSamples.inHalfOf(0);
        try (Cluster cluster = Clusters.open(settings, prices, pushed, progress)) {
            cluster.watch();
            SelfMetrics metrics = new SelfMetrics();
            AdviceLog advice = new AdviceLog();
            CycleReport report = Rounds.of(
                            cluster,
                            prices,
                            settings.mode(),
                            new HistogramForecaster(),
                            new Observers(List.of(advice, new Progress(progress))))
                    .runOnce();
            Views views = new LiveViews(
                    () -> Optional.of(report),
                    cluster,
                    prices,
                    settings.mode(),
                    metrics,
                    List::of,
                    () -> StateView.NONE,
                    Outlooks.NONE,
                    advice,
                    new Origin(cluster, pushed, new ReplicaElection(ReplicaLabels.USUAL)));
            return new OneRound(report, views);
        }
    }

    private record Progress(Consumer<String> to) implements CycleObserver {
        @Override
        public void read(Duration done, Duration all, long samples) {
            to.accept("read %d of %d h of history, %,d samples".formatted(done.toHours(), all.toHours(), samples));
        }
    }
}
