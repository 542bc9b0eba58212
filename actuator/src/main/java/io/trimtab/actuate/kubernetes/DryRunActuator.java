package io.trimtab.actuate.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.trimtab.recommend.Actuator;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.Recommendation.Hold;
import io.trimtab.recommend.Recommendation.Resize;
import io.trimtab.recommend.Recommendation.Retune;
import io.trimtab.recommend.Recommendation.Scale;

/** Says what would be written. */
public final class DryRunActuator implements Actuator {
    private final Actuator inner;

    private DryRunActuator(Actuator inner) {
        this.inner = inner;
    }

    /** Asks nobody. */
    public static DryRunActuator local() {
        return new DryRunActuator(DryRunActuator::unasked);
    }

    /** Asks the API server for a dry run, admission webhooks and quotas included, so that what it would refuse is known as well. */
    public static DryRunActuator on(KubernetesClient client) {
        return new DryRunActuator(new ClusterWrites(client, true)::write);
    }

    @Override
    public Outcome apply(Recommendation recommendation) {
        return inner.apply(recommendation);
    }

    private static Outcome unasked(Recommendation recommendation) {
        return switch (recommendation) {
            case Scale scale -> new Outcome.DryRun(scale.workload(), Words.of(scale));
            case Resize resize -> new Outcome.DryRun(resize.workload(), Words.of(resize));
            case Retune retune -> new Outcome.DryRun(retune.workload(), Words.of(retune));
            case Hold hold -> new Outcome.Skipped(hold.workload(), Words.of(hold));
        };
    }
}
