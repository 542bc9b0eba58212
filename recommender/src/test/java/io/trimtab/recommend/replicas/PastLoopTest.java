package io.trimtab.recommend.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** The loop over the past is a short form of {@link HorizontalScaling}; step for step it must come to the same. */
class PastLoopTest {
    private static final int STARTS = 2;

    @Test
    void comesToWhatTheControllerComesToSeed6() {
        Random random = new Random(6);
        for (int trial = 0; trial < 300; trial++) {
            double[] demand = demand(random);
            double[] foreseen = random.nextBoolean() ? new double[demand.length] : demand(random);
            double capacity = 0.2 + random.nextDouble() * 3;
            DemandSeries series = DemandSeries.of(
                    Duration.ofMinutes(1),
                    DoubleStream.of(demand).mapToObj(Optional::of).toList(),
                    Duration.ofSeconds(90));

            assertThat(new PastLoop(series, 0, capacity).run(i -> foreseen[i]))
                    .as("trial %d", trial)
                    .isEqualTo(controller(demand, foreseen, capacity));
        }
    }

    /** Steps, ramps and noise, so that tolerance, window and growth all have their say; in thousandths, as the controller reads it. */
    private static double[] demand(Random random) {
        double[] demand = new double[120];
        double level = 1 + random.nextInt(60);
        for (int i = 0; i < demand.length; i++) {
            if (random.nextInt(15) == 0) level = 1 + random.nextInt(60);
            level = Math.max(0.1, level * (0.95 + random.nextDouble() / 10));
            demand[i] = Math.round(level * 1000) / 1000.0;
        }
        return demand;
    }

    private static PastLoop.Outcome controller(double[] demand, double[] foreseen, double capacity) {
        List<Integer> counts = new ArrayList<>();
        List<Integer> proposals = new ArrayList<>();
        double pods = 0;
        int late = 0;
        int lateOfNewer = 0;
        for (int i = 0; i < demand.length; i++) {
            if (i > STARTS && demand[i] > capacity * (1 + 1e-9) * Math.min(counts.get(i - 1), counts.get(i - 2))) {
                late++;
                if (i >= demand.length / 2) lateOfNewer++;
            }
            int needed = needed(foreseen[i], capacity);
            int current = counts.isEmpty() ? Math.max(needed(demand[i], capacity), needed) : counts.getLast();
            int replicas = current;
            int proposed = current;
            if (!counts.isEmpty()) {
                ScalingInput input = input(demand[i] / capacity, current, proposals);
                ScalingAnswer answer = HorizontalScaling.decide(input);
                proposed =
                        Math.max(answer.metrics().getFirst().proposedReplicas().orElseThrow(), needed);
                replicas = RateLimits.apply(new Course(proposed, Optional.empty(), List.of()), input)
                        .replicas();
            }
            proposals.add(proposed);
            counts.add(replicas);
            pods += replicas;
        }
        return new PastLoop.Outcome(pods, late, lateOfNewer);
    }

    private static ScalingInput input(double demandInPods, int current, List<Integer> proposals) {
        List<ScalingHistory.Entry> entries = new ArrayList<>();
        for (int back = 1; back <= proposals.size(); back++)
            entries.add(new ScalingHistory.Entry(proposals.get(proposals.size() - back), Duration.ofMinutes(back)));
        return new ScalingInput(
                current,
                1,
                Integer.MAX_VALUE,
                List.of(new ScalingMetric.Total(
                        "demand",
                        Optional.of(Math.round(demandInPods * 1e9)),
                        new ScalingMetric.AverageValue(1_000_000_000))),
                List.of(),
                Tolerance.DEFAULT,
                Optional.empty(),
                new ScalingHistory(List.of(), List.of(), entries),
                Optional.empty());
    }

    private static int needed(double demand, double capacity) {
        return Math.max(1, (int) Math.ceil(demand / capacity - 1e-9));
    }
}
