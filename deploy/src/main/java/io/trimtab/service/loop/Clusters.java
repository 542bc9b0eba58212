package io.trimtab.service.loop;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.service.config.Settings;
import java.util.function.Consumer;

/** Makes the cluster that the settings name. */
final class Clusters {
    private Clusters() {}

    /** @param pushed where samples that are pushed to a real one are found; it is not watched yet */
    static Cluster open(Settings settings, PriceBook prices, PushedSamples pushed, Consumer<String> progress) {
        return switch (settings.source()) {
            case Settings.Source.Demo demo -> DemoCluster.start(demo, prices, progress);
            case Settings.Source.Real real -> RealCluster.connect(real, settings.mode(), prices, pushed);
        };
    }
}
