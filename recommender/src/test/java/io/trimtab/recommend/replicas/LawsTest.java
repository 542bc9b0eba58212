package io.trimtab.recommend.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds for any pods; each law is tried on seeded random ones. */
class LawsTest {
    private static final int TRIALS = 2000;

    @Test
    void permutingPodsChangesNothingSeed1() {
        Random random = new Random(1);
        for (int trial = 0; trial < TRIALS; trial++) {
            ScalingInput input = input(random, anyPods(random));
            List<PodSample> shuffled = new ArrayList<>(input.pods());
            Collections.shuffle(shuffled, random);

            assertThat(HorizontalScaling.decide(with(input, input.currentReplicas(), shuffled)))
                    .isEqualTo(HorizontalScaling.decide(input));
        }
    }

    @Test
    void moreUsageNeverYieldsFewerReplicasSeed2() {
        Random random = new Random(2);
        for (int trial = 0; trial < TRIALS; trial++) {
            List<PodSample> pods = readyPods(random);
            ScalingInput input = with(input(random, pods), pods.size(), pods);
            List<PodSample> busier = input.pods().stream()
                    .map(pod -> using(pod, usage(pod) + random.nextInt(500)))
                    .toList();

            assertThat(HorizontalScaling.decide(with(input, input.currentReplicas(), busier))
                            .desiredReplicas())
                    .isGreaterThanOrEqualTo(HorizontalScaling.decide(input).desiredReplicas());
        }
    }

    @Test
    void theAnswerIsWithinTheBoundsSeed3() {
        Random random = new Random(3);
        for (int trial = 0; trial < TRIALS; trial++) {
            ScalingInput input = input(random, anyPods(random));
            boolean inside =
                    input.currentReplicas() >= input.minReplicas() && input.currentReplicas() <= input.maxReplicas();

            int desired = HorizontalScaling.decide(input).desiredReplicas();
            assertThat(desired).isBetween(input.minReplicas(), input.maxReplicas());
            assertThat(inside
                            || desired == Math.clamp(input.currentReplicas(), input.minReplicas(), input.maxReplicas()))
                    .isTrue();
        }
    }

    /** The same load on the number that was asked for leaves that number alone, unless whole pods are too coarse for the tolerance. */
    @Test
    void applyingTheAnswerAndDecidingAgainHoldsSeed4() {
        Random random = new Random(4);
        for (int trial = 0; trial < TRIALS; trial++) {
            int replicas = 12 + random.nextInt(20);
            long request = 100_000;
            long usage = 20_000 + random.nextInt(100_000);
            ScalingInput first = free(replicas, Collections.nCopies(replicas, ready(usage, request)));
            int desired = HorizontalScaling.decide(first).desiredReplicas();
            long shared = usage * replicas / desired;

            assertThat(HorizontalScaling.decide(free(desired, Collections.nCopies(desired, ready(shared, request))))
                            .desiredReplicas())
                    .isEqualTo(desired);
        }
    }

    private static ScalingInput input(Random random, List<PodSample> pods) {
        int min = 1 + random.nextInt(4);
        int max = min + random.nextInt(20);
        ScalingMetric metric = random.nextBoolean()
                ? Scenario.metric("cpu", 20 + random.nextInt(100) + "%")
                : Scenario.metric("pods", "avg:" + (1 + random.nextInt(900)));
        Optional<Behavior> behavior = random.nextBoolean()
                ? Optional.of(new Behavior(Behavior.DEFAULT_UP, Behavior.DEFAULT_DOWN))
                : Optional.empty();
        int current = Math.max(1, pods.size() - 1 + random.nextInt(3));
        return new ScalingInput(
                current,
                min,
                max,
                List.of(metric),
                pods,
                Tolerance.DEFAULT,
                behavior,
                ScalingHistory.NONE,
                Optional.empty());
    }

    private static ScalingInput free(int current, List<PodSample> pods) {
        return with(Scenario.of(current, Scenario.metric("cpu", "60%"), "").input(), current, pods);
    }

    private static ScalingInput with(ScalingInput input, int current, List<PodSample> pods) {
        return new ScalingInput(
                current,
                input.minReplicas(),
                input.maxReplicas(),
                input.metrics(),
                pods,
                input.tolerance(),
                input.behavior(),
                input.history(),
                Optional.empty());
    }

    private static List<PodSample> readyPods(Random random) {
        return IntStream.range(0, 1 + random.nextInt(10))
                .mapToObj(i -> ready(random.nextInt(1000), 1 + random.nextInt(1000)))
                .toList();
    }

    private static List<PodSample> anyPods(Random random) {
        PodState[] states = PodState.values();
        return IntStream.range(0, 1 + random.nextInt(10))
                .mapToObj(i -> new PodSample(
                        states[random.nextInt(states.length)],
                        random.nextInt(4) == 0
                                ? new Amounts(Map.of(), Map.of("cpu", 500L))
                                : ready(random.nextInt(1000), 500).pod(),
                        Map.of()))
                .toList();
    }

    private static PodSample ready(long usage, long request) {
        return new PodSample(
                PodState.READY, new Amounts(Map.of("cpu", usage, "qps", usage), Map.of("cpu", request)), Map.of());
    }

    private static long usage(PodSample pod) {
        return pod.pod().usageMilli().getOrDefault("cpu", 0L);
    }

    private static PodSample using(PodSample pod, long usage) {
        return ready(usage, pod.pod().requestMilli().getOrDefault("cpu", 0L));
    }
}
