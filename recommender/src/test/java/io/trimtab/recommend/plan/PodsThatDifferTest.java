package io.trimtab.recommend.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Money;
import io.trimtab.cost.units.Resources;
import io.trimtab.forecast.HistogramForecaster;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Policy;
import io.trimtab.ingest.model.PolicyId;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageSeries;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.PodReason.StartUpBoost;
import io.trimtab.recommend.PodReason.TwoGroups;
import io.trimtab.recommend.Reason;
import io.trimtab.recommend.Recommendation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** From samples to what is said of starts, and of pods that are busier than the others. */
class PodsThatDifferTest {
    private static final WorkloadId DB = new WorkloadId("shop", "StatefulSet", "db");
    private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
    private static final int MINUTES = 30 * 60;
    private static final int YOUNG = 20 * 60;
    private static final int READY_SECONDS = 90;

    /** Each start takes two cores for 90 s; later a tenth of a core does. */
    @Test
    void aStartUpRequestIsRecommendedBesideTheSteadyOne() {
        Recommendation decided = plan(3, _ -> 0.1, 16_000, Policy.Requests.DEFAULT);
        assertThat(decided).isInstanceOf(Recommendation.Resize.class);
        MilliCores later = ((Recommendation.Resize) decided).to().cpuRequest().orElseThrow();
        StartUpBoost boost = one(StartUpBoost.class, decided).orElseThrow();
        assertThat(boost.container()).isEqualTo("app");
        assertThat(boost.request().value()).isBetween(1990L, 2010L);
        assertThat(boost.later()).isEqualTo(later);
        assertThat(boost.lasts()).isEqualTo(Duration.ofSeconds(READY_SECONDS));
        assertThat(boost.starts()).isEqualTo(3);
        assertThat(boost.always()).isFalse();
        assertThat(boost.limit()).isEmpty();
        assertThat(boost.slower()).isGreaterThan(Duration.ofMinutes(15));
    }

    @Test
    void noMoreThanANodeHasAndNothingWhereItIsNotWorthIt() {
        assertThat(one(StartUpBoost.class, plan(3, _ -> 0.1, 1_500, Policy.Requests.DEFAULT))
                        .orElseThrow()
                        .request())
                .isEqualTo(new MilliCores(1_500));
        assertThat(one(StartUpBoost.class, plan(3, _ -> 1.9, 16_000, Policy.Requests.DEFAULT)))
                .as("it needs as much later")
                .isEmpty();
    }

    @Test
    void nothingIsSaidBeforeItIsKnownWhatIsNeededLater() {
        assertThat(one(StartUpBoost.class, plan(3, _ -> 0.1, 16_000, Policy.Requests.DEFAULT, YOUNG)))
                .isEmpty();
    }

    @Test
    void aPolicyThatSaysOffIsObeyed() {
        Policy.Requests all = Policy.Requests.DEFAULT;
        Policy.Requests off = new Policy.Requests(
                all.minCpu(),
                all.maxCpu(),
                all.minMemory(),
                all.maxMemory(),
                all.cpuLimit(),
                all.memoryLimit(),
                all.byHour(),
                false);
        assertThat(one(StartUpBoost.class, plan(3, _ -> 0.1, 16_000, off))).isEmpty();
    }

    /** One pod in fifty is seen in two samples of a hundred, which P93 of all samples does not cover. */
    @Test
    void theRequestFollowsTheLeaderHoweverManyFollow() {
        Recommendation decided = plan(50, pod -> pod == 0 ? 1 : 0.1, 16_000, Policy.Requests.DEFAULT);
        assertThat(decided).isInstanceOf(Recommendation.Resize.class);
        MilliCores request = ((Recommendation.Resize) decided).to().cpuRequest().orElseThrow();
        assertThat(request.value()).isBetween(1_300L, 2_000L);
        TwoGroups groups = one(TwoGroups.class, decided).orElseThrow();
        assertThat(groups.busier().pods()).isEqualTo(1);
        assertThat(groups.busier().names()).containsExactly("db-0");
        assertThat(groups.busier().needed()).isEqualTo(request);
        assertThat(groups.quieter().pods()).isEqualTo(49);
        assertThat(groups.quieter().names()).hasSize(3);
        assertThat(groups.quieter().needed().value()).isBetween(130L, 200L);
        Money saving = groups.saving().orElseThrow();
        // A node of 70 USD a month has 16 cores, which are two thirds of its price.
        assertThat(saving.micros()
                        / 1e6
                        / 49
                        / ((request.value() - groups.quieter().needed().value()) / 1000.0))
                .isBetween(2.5, 3.5);
    }

    @Test
    void podsThatAreAlikeAreNotDivided() {
        assertThat(one(TwoGroups.class, plan(10, pod -> 0.1 + 0.002 * pod, 16_000, Policy.Requests.DEFAULT)))
                .isEmpty();
    }

    /** However much busier, a few millicores are not worth a word. */
    @Test
    void whatIsTooLittleIsNotSaid() {
        assertThat(one(TwoGroups.class, plan(10, pod -> pod == 0 ? 0.01 : 0.001, 16_000, Policy.Requests.DEFAULT)))
                .isEmpty();
    }

    private static <R extends Reason> Optional<R> one(Class<R> type, Recommendation decided) {
        return decided.reasons().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    private static Recommendation plan(
            int pods, IntToDoubleFunction coresLater, long nodeMilli, Policy.Requests requests) {
        return plan(pods, coresLater, nodeMilli, requests, MINUTES);
    }

    private static Recommendation plan(
            int pods, IntToDoubleFunction coresLater, long nodeMilli, Policy.Requests requests, int minutes) {
        Instant now = START.plus(Duration.ofMinutes(minutes));
        ContainerSpec app =
                new ContainerSpec("app", "db:1", Requirements.requests(new MilliCores(1_000), new Bytes(1L << 30)));
        Resources node = new Resources(new MilliCores(nodeMilli), new Bytes(64L << 30), GpuMilli.ZERO);
        List<Node> nodes = List.of(new Node(
                "n0", "m5.large", "eu", "eu-1", CapacityType.ON_DEMAND, node, node, 110, true, true, Map.of(), START));
        List<Pod> running = new ArrayList<>();
        List<UsageSeries> series = new ArrayList<>();
        Random random = new Random(31);
        for (int i = 0; i < pods; i++) {
            PodId id = new PodId("shop", "db-" + i);
            running.add(new Pod(
                    id,
                    Optional.of(DB),
                    Optional.of("n0"),
                    PodPhase.RUNNING,
                    List.of(app),
                    Map.of(),
                    Map.of(),
                    START,
                    Optional.of(START),
                    Optional.of(START.plusSeconds(READY_SECONDS)),
                    Optional.empty()));
            series.add(usage(id, coresLater.applyAsDouble(i), minutes, random));
        }
        Policy policy = new Policy(
                new PolicyId("ScalingPolicy", "shop", "p"),
                1,
                START,
                Map.of(),
                new Policy.Spec(
                        Mode.RECOMMEND,
                        Policy.Scope.EVERYTHING,
                        Policy.Objective.DEFAULT,
                        requests,
                        Policy.Replicas.UNBOUND,
                        Policy.Zero.OFF,
                        Policy.Acts.DEFAULT),
                List.of(),
                Optional.empty());
        ClusterSnapshot snapshot = new ClusterSnapshot(
                now,
                List.of(new Workload(DB, pods, List.of(app), Map.of(), Map.of(), START)),
                running,
                nodes,
                List.of(),
                List.of(),
                List.of(policy));
        HistogramForecaster forecaster = new HistogramForecaster();
        forecaster.observe(new UsageBatch(series, List.of(), List.of()), snapshot);
        return new Planner(PriceBook.shipped(), Mode.RECOMMEND)
                .plan(snapshot, forecaster.forecast(snapshot))
                .recommendations()
                .getFirst();
    }

    /** Means of each minute that waver by 30 %, and two cores until the pod is ready. */
    private static UsageSeries usage(PodId pod, double later, int minutes, Random random) {
        long[] moments = new long[minutes];
        double[] cores = new double[minutes];
        for (int minute = 0; minute < minutes; minute++) {
            moments[minute] = START.getEpochSecond() + 60L * (minute + 1);
            cores[minute] = 60 * minute < READY_SECONDS ? 2 : later * Math.exp(0.3 * random.nextGaussian());
        }
        return new UsageSeries(new ContainerId(pod, "app"), Resource.CPU, moments, cores, Duration.ZERO);
    }
}
