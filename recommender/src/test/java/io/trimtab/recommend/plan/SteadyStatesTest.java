package io.trimtab.recommend.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.Demand;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.UtilizationTarget;
import io.trimtab.ingest.model.UtilizationTarget.Origin;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.Recommendation.Retune;
import io.trimtab.recommend.replicas.Amounts;
import io.trimtab.recommend.replicas.HorizontalScaling;
import io.trimtab.recommend.replicas.PodSample;
import io.trimtab.recommend.replicas.PodState;
import io.trimtab.recommend.replicas.ScalingHistory;
import io.trimtab.recommend.replicas.ScalingInput;
import io.trimtab.recommend.replicas.ScalingMetric;
import io.trimtab.recommend.replicas.Tolerance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Autoscalers that are content with their replicas, with pods whose requests the plan changes: they stay content, with whole percentages as the controller cuts them off, also where the target goes no lower. */
class SteadyStatesTest {
    private static final int STATES = 1_000;
    private static final int MOST_ROUNDS = 60;
    private static final double[] LOADS = {0.5, 0.8, 1.25, 1.6};

    /**
     * Pods of one workload; amounts are thousandths of a core or bytes.
     *
     * @param usage of each pod by container
     * @param past how many times as much they used in the weeks before
     */
    private record State(
            UtilizationTarget target, Map<String, Long> requests, List<Map<String, Long>> usage, double past) {
        int replicas() {
            return usage.size();
        }

        int wanted(Map<String, Long> requested, int percent, int least, double load) {
            String name = target.resource().name().toLowerCase(Locale.ROOT);
            long unit = target.resource() == Resource.CPU ? 1 : 1000;
            List<PodSample> pods = usage.stream()
                    .map(pod -> new PodSample(
                            PodState.READY,
                            new Amounts(
                                    Map.of(name, (long) Math.ceil(unit * load * sum(pod))),
                                    Map.of(name, unit * sum(requested))),
                            Map.of()))
                    .toList();
            var metric = new ScalingMetric.Resource(name, Optional.empty(), new ScalingMetric.Utilization(percent));
            return HorizontalScaling.decide(new ScalingInput(
                            replicas(),
                            least,
                            1_000,
                            List.of(metric),
                            pods,
                            Tolerance.DEFAULT,
                            Optional.empty(),
                            ScalingHistory.NONE,
                            Optional.empty()))
                    .desiredReplicas();
        }

        private long sum(Map<String, Long> byContainer) {
            return byContainer.entrySet().stream()
                    .filter(entry -> target.counts(entry.getKey()))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void noReplicaMoves(long seed) {
        Random random = new Random(seed);
        int resized = 0;
        int held = 0;
        for (int i = 0; i < STATES; i++) {
            State state = steady(random);
            Map<String, Long> requests = new HashMap<>(state.requests);
            int percent = state.target.percent();
            Optional<Retune.Minimum> minimum = Optional.empty();
            Optional<Origin> origin = Optional.empty();
            for (Recommendation recommendation : plan(
                            state, 1, state.requests, autoscaler(state.target, 1, OptionalInt.empty()))
                    .recommendations()) {
                if (recommendation instanceof Retune retune) {
                    assertThat(retune.targets()).hasSize(1);
                    retune.resizes().forEach(resize -> put(requests, resize, state.target.resource()));
                    percent = retune.targets().getFirst().to();
                    origin = Optional.of(retune.targets().getFirst().origin());
                    minimum = retune.minimum();
                }
                if (recommendation instanceof Recommendation.Resize resize)
                    put(requests, resize, state.target.resource());
            }
            if (state.sum(requests) == state.sum(state.requests)) continue;
            resized++;
            int least = minimum.map(Retune.Minimum::to).orElse(1);
            if (minimum.isPresent()) held++;
            assertThat(state.wanted(requests, percent, least, 1))
                    .as("state %d: %s", i, state)
                    .isEqualTo(state.replicas());
            for (double load : LOADS) {
                int before = state.wanted(state.requests, state.target.percent(), 1, load);
                var moved = new UtilizationTarget(state.target.resource(), state.target.container(), percent, origin);
                int then = minimum.isEmpty()
                        ? 1
                        : followed(state, load, requests, autoscaler(moved, least, OptionalInt.of(1)));
                double above = minimum.isEmpty() ? 1.05 : 1.25;
                assertThat(state.wanted(requests, percent, then, load))
                        .as("state %d at %s of its load: %s", i, load, state)
                        .isBetween((int) Math.floor(before * 0.95) - 1, (int) Math.ceil(before * above) + 1);
            }
        }
        assertThat(resized).as("of %d states", STATES).isGreaterThan(STATES / 2);
        assertThat(held).as("held by the minimum, of %d states", STATES).isGreaterThan(STATES / 20);
    }

    /** The minimum when it has followed this load: at once upwards, in some rounds downwards. */
    private static int followed(State state, double load, Map<String, Long> requests, HorizontalAutoscaler autoscaler) {
        HorizontalAutoscaler now = autoscaler;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            int next = afterARound(state, load, requests, now);
            if (next >= now.minReplicas()) return next;
            now = now.withMinimum(next);
        }
        throw new AssertionError("the minimum is %d and still falls".formatted(now.minReplicas()));
    }

    private static int afterARound(
            State state, double load, Map<String, Long> requests, HorizontalAutoscaler autoscaler) {
        return plan(state, load, requests, autoscaler).recommendations().stream()
                .filter(Retune.class::isInstance)
                .flatMap(retune -> ((Retune) retune).minimum().stream())
                .map(Retune.Minimum::to)
                .findFirst()
                .orElse(autoscaler.minReplicas());
    }

    private static HorizontalAutoscaler autoscaler(UtilizationTarget target, int least, OptionalInt own) {
        return new HorizontalAutoscaler("shop", "web", Web.ID, least, own, 1_000, List.of(target), Optional.empty());
    }

    private static void put(Map<String, Long> requests, Recommendation.Resize resize, Resource resource) {
        requests.put(
                resize.container(),
                resource == Resource.CPU
                        ? resize.to().cpuRequest().orElseThrow().value()
                        : resize.to().memoryRequest().orElseThrow().value());
    }

    /** Drawn until the controller would leave it as it is. */
    private static State steady(Random random) {
        while (true) {
            Resource resource = random.nextBoolean() ? Resource.CPU : Resource.MEMORY;
            long unit = resource == Resource.CPU ? 1 : 1 << 20;
            Optional<String> container = random.nextInt(4) == 0 ? Optional.of("app") : Optional.empty();
            Map<String, Long> requests = new HashMap<>();
            Map<String, Double> mean = new HashMap<>();
            for (String name : random.nextInt(3) == 0 ? List.of("app", "proxy") : List.of("app")) {
                requests.put(name, unit * (20 + random.nextInt(3_000)));
                mean.put(name, requests.get(name) * (0.2 + random.nextDouble()));
            }
            List<Map<String, Long>> usage = new ArrayList<>();
            for (int pods = 1 + random.nextInt(60); pods > 0; pods--) {
                Map<String, Long> pod = new HashMap<>();
                mean.forEach((name, amount) -> pod.put(name, (long) (amount * (0.9 + 0.2 * random.nextDouble()))));
                usage.add(pod);
            }
            int percent = 25 + random.nextInt(80);
            State state = new State(
                    new UtilizationTarget(resource, container, percent, Optional.empty()),
                    requests,
                    usage,
                    random.nextInt(3) == 0 ? 1 + 4 * random.nextDouble() : 1);
            if (state.wanted(requests, percent, 1, 1) == state.replicas()) return state;
        }
    }

    /** @param requests of the template and all pods */
    private static Plan plan(State state, double load, Map<String, Long> requests, HorizontalAutoscaler autoscaler) {
        boolean cpu = state.target.resource() == Resource.CPU;
        List<ContainerSpec> containers = new ArrayList<>();
        List<Demand> demands = new ArrayList<>();
        requests.forEach((name, request) -> {
            Map<PodId, Double> now = new HashMap<>();
            for (int i = 0; i < state.replicas(); i++) {
                double used = Math.ceil(load * state.usage.get(i).get(name));
                now.put(Web.pod(i), cpu ? used / 1000 : used);
            }
            ContainerSpec container = new ContainerSpec(
                    name,
                    "image",
                    cpu
                            ? Requirements.requests(new MilliCores(request), new Bytes(1 << 30))
                            : Requirements.requests(new MilliCores(100), new Bytes(request)));
            containers.add(container);
            demands.add(Web.demand(
                    container, state.requests.size(), cpu ? now : Map.of(), cpu ? Map.of() : now, state.past / load));
        });
        return Web.plan(
                containers, Collections.nCopies(state.replicas(), containers), demands, List.of(autoscaler), List.of());
    }
}
