package io.trimtab.recommend.replay;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.cost.units.Money;
import io.trimtab.forecast.Demand;
import io.trimtab.forecast.Forecaster;
import io.trimtab.forecast.HistogramForecaster;
import io.trimtab.forecast.OutlookForecaster;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageQuery;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.plan.Planner;
import io.trimtab.recommend.pods.StockUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The same weeks under different policies for requests: the demand is the same, everything else follows. Autoscalers of replicas and of nodes are the stock
 * ones in all of them.
 */
public final class PolicyComparison {
    private static final Duration ROUND = Duration.ofMinutes(15);

    private final SimulatedClusterSpec spec;
    private final NodePrice price;
    private final PriceBook prices;

    /** Who sets requests. */
    public enum Rival {
        /** Nobody: they stay as the teams wrote them. */
        AS_WRITTEN,
        /** The stock VPA's recommender and updater, on CPU only where no autoscaler stands on it. */
        STOCK_VPA,
        /** What Trimtab recommends. */
        TRIMTAB
    }

    /**
     * What a time under one policy came to.
     *
     * @param changes of a container's requests that were applied
     * @param kinds where it comes from
     */
    public record Result(
            Rival rival, SimulationReport learned, SimulationReport end, long changes, List<KindSlack> kinds) {
        public Result {
            kinds = List.copyOf(kinds);
        }

        /** What is requested and not used, as a share of what is requested, CPU and memory weighed by their usual prices. */
        public double slack() {
            return paid(unused()) / paid(requested());
        }

        public double cpuSlack() {
            return unused()[0] / requested()[0];
        }

        public double memorySlack() {
            return unused()[1] / requested()[1];
        }

        private double[] requested() {
            return new double[] {
                end.requestedCoreHours() - learned.requestedCoreHours(),
                end.requestedGibHours() - learned.requestedGibHours()
            };
        }

        private double[] unused() {
            return new double[] {
                end.unusedCoreHours() - learned.unusedCoreHours(), end.unusedGibHours() - learned.unusedGibHours()
            };
        }

        /** A core costs as much as seven and a half GiB. */
        private static double paid(double[] coresAndGib) {
            return 7.46 * coresAndGib[0] + coresAndGib[1];
        }
    }

    public PolicyComparison(SimulatedClusterSpec spec, NodePrice price, PriceBook prices) {
        this.spec = spec;
        this.price = price;
        this.prices = prices;
    }

    /**
     * Lets a cluster run: first nobody acts and all learn, then one acts.
     *
     * @param progress is told of each day
     */
    public Result run(Rival rival, Duration learning, Duration acting, Consumer<Instant> progress) {
        return new Run(rival, learning, acting).run(progress);
    }

    private final class Run {
        private final Rival rival;
        private final Instant acts;
        private final Instant end;
        private final SimulatedCluster cluster = new SimulatedCluster(spec, price);
        private final Forecaster forecaster;
        private final Planner planner = new Planner(prices, Mode.APPLY);
        private final Hindsight hindsight = new Hindsight();
        private long changes;

        Run(Rival rival, Duration learning, Duration acting) {
            this.rival = rival;
            this.acts = spec.start().plus(learning);
            this.end = acts.plus(acting);
            this.forecaster = rival == Rival.TRIMTAB
                    ? new OutlookForecaster(new HistogramForecaster())
                    : new HistogramForecaster();
        }

        Result run(Consumer<Instant> progress) {
            SimulationReport learned = cluster.report();
            for (Instant now = spec.start().plus(ROUND); !now.isAfter(end); now = now.plus(ROUND)) {
                advance(now);
                if (!now.isAfter(acts)) learned = cluster.report();
                if (rival != Rival.AS_WRITTEN) round(now);
                if (now.getEpochSecond() % Duration.ofDays(1).toSeconds() == 0) progress.accept(now);
            }
            return new Result(rival, learned, cluster.report(), changes, hindsight.kinds());
        }

        private void advance(Instant now) {
            Instant at = now.minus(ROUND);
            while (at.isBefore(now)) {
                at = at.plus(spec.step()).isBefore(now) ? at.plus(spec.step()) : now;
                cluster.advanceTo(at);
                if (at.isAfter(acts)) hindsight.watch(cluster.world());
            }
        }

        private void round(Instant now) {
            ClusterSnapshot snapshot = snapshot(now);
            UsageBatch batch =
                    cluster.read(new UsageQuery(new UsageQuery.Scope.Cluster(), now.minus(ROUND), now, spec.step()));
            forecaster.observe(batch, snapshot);
            if (!now.isAfter(acts)) return;
            List<Demand> demands = forecaster.forecast(snapshot);
            List<Recommendation> decided = rival == Rival.TRIMTAB
                    ? planner.plan(snapshot, demands, forecaster).recommendations()
                    : stock(snapshot, demands);
            for (Recommendation recommendation : decided) {
                int containers = containers(recommendation);
                boolean requests = containers > 0 || recommendation instanceof Recommendation.Retune;
                if (requests && cluster.apply(recommendation) instanceof Outcome.Applied) changes += containers;
            }
        }

        /** Of how many containers it changes the requests; counts of replicas are the autoscalers'. */
        private static int containers(Recommendation recommendation) {
            return switch (recommendation) {
                case Recommendation.Resize _ -> 1;
                case Recommendation.Retune retune -> retune.resizes().size();
                case Recommendation.Scale _, Recommendation.Hold _ -> 0;
            };
        }

        private ClusterSnapshot snapshot(Instant now) {
            try {
                return cluster.snapshot(now);
            } catch (IngestException e) {
                throw new IllegalStateException("the simulated cluster was advanced to %s".formatted(now), e);
            }
        }

        private List<Recommendation> stock(ClusterSnapshot snapshot, List<Demand> demands) {
            Set<WorkloadId> onCpu = snapshot.autoscalers().stream()
                    .filter(autoscaler -> autoscaler.cpuUtilizationPercent().isPresent())
                    .map(HorizontalAutoscaler::target)
                    .collect(Collectors.toSet());
            Map<WorkloadId, Instant> oldest = snapshot.pods().stream()
                    .filter(pod -> pod.owner().isPresent() && pod.readyAt().isPresent())
                    .collect(Collectors.toMap(
                            pod -> pod.owner().orElseThrow(),
                            (Pod pod) -> pod.readyAt().orElseThrow(),
                            (one, other) -> one.isBefore(other) ? one : other));
            Impact nothing = new Impact(new Money(0, Money.USD), new Money(0, Money.USD));
            return demands.stream()
                    .collect(Collectors.groupingBy(Demand::workload, LinkedHashMap::new, Collectors.toList()))
                    .entrySet()
                    .stream()
                    .flatMap(entry -> StockUpdate.decide(
                            entry.getValue(),
                            !onCpu.contains(entry.getKey()),
                            Optional.ofNullable(oldest.get(entry.getKey()))
                                    .map(since -> Duration.between(since, snapshot.at())),
                            nothing)
                            .stream())
                    .toList();
        }
    }
}
