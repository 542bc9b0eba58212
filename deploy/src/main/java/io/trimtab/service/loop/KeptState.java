package io.trimtab.service.loop;

import io.trimtab.forecast.OutlookForecaster;
import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.recommend.cycle.Cycle;
import io.trimtab.recommend.cycle.CycleObserver;
import io.trimtab.service.config.Settings;
import io.trimtab.service.state.Section;
import io.trimtab.service.state.StateKeeper;
import io.trimtab.service.state.StateMetrics;
import io.trimtab.service.view.StateView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What survives a restart of the service: what its loop has learned, and what its cluster remembers. */
final class KeptState {
    private final StateMetrics metrics;
    private volatile @Nullable StateKeeper keeper;

    KeptState(SelfMetrics metrics) {
        this.metrics = new StateMetrics(metrics.registry());
    }

    /** Saves while the loop goes on, once there is a place to save to. */
    CycleObserver observer() {
        return new WholeMoments(() -> {
            StateKeeper open = keeper;
            if (open != null) open.tick();
        });
    }

    /** Before the first round; the demo has nothing that is worth keeping. */
    void restore(
            Settings.Source source,
            Cycle cycle,
            OutlookForecaster forecaster,
            Cluster cluster,
            List<Section> more,
            PushedSamples pushed,
            Consumer<String> progress) {
        if (!(source instanceof Settings.Source.Real real)) return;
        if (real.state().isEmpty()) {
            progress.accept("what is learned is lost when this ends; --state-dir keeps it");
            return;
        }
        Settings.State state = real.state().get();
        List<Section> sections = Stream.of(
                        List.of(
                                Learned.section(cycle, forecaster),
                                Learned.further(forecaster),
                                UnreadSamples.section(pushed, cycle, real.step(), cluster.clock())),
                        more,
                        cluster.remembered())
                .flatMap(List::stream)
                .toList();
        StateKeeper opened = StateKeeper.open(
                state.folder(), state.every(), sections, cluster.clock(), metrics, unclean(real, cycle, cluster));
        opened.view().start().forEach(line -> progress.accept("state: " + line));
        keeper = opened;
    }

    StateView view() {
        StateKeeper open = keeper;
        return open == null ? StateView.NONE : open.view();
    }

    /** Without a round there is nothing new to keep: the folder is left as it was found. */
    void leave() {
        StateKeeper open = keeper;
        if (open != null) open.leave();
    }

    /** @param ended whether the loop has, so that the state stands still */
    void close(boolean ended) {
        StateKeeper open = keeper;
        if (open != null) open.close(ended);
    }

    /** What was in memory only when the process was killed. */
    private static Function<Optional<Instant>, String> unclean(
            Settings.Source.Real real, Cycle cycle, Cluster cluster) {
        return savedAt -> {
            Instant now = cluster.clock().instant();
            if (real.prometheus().isPresent())
                return "samples from %s to %s are read again from %s"
                        .formatted(cycle.readUntil().orElse(now.minus(real.history())), now, cluster.usageAddress());
            return "samples from %s to %s are lost, but for those that their sender sends again"
                    .formatted(savedAt.map(Instant::toString).orElse("that start"), now);
        };
    }
}
