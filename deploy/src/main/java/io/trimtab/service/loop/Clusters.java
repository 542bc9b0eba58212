package io.trimtab.service.loop;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.service.config.Settings;
import java.util.function.Consumer;

/** Makes the cluster that the settings name. */
final class Clusters {
    private Clusters() {}

    static Cluster open(Settings settings, PriceBook prices, Consumer<String> progress) {
        return switch (settings.source()) {
            case Settings.Source.Demo demo -> DemoCluster.start(demo, prices, progress);
            case Settings.Source.Real real -> RealCluster.connect(real, settings.mode(), prices);
        };
    }
}
