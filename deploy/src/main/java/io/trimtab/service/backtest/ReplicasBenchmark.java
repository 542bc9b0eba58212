package io.trimtab.service.backtest;

import io.trimtab.recommend.replicas.HorizontalScaling;
import io.trimtab.recommend.replicas.PastDemand;
import io.trimtab.recommend.replicas.PodSample;
import io.trimtab.recommend.replicas.ScalingAnswer;
import io.trimtab.recommend.replicas.ScalingHistory;
import io.trimtab.recommend.replicas.ScalingInput;
import io.trimtab.recommend.replicas.ScalingMetric;
import io.trimtab.recommend.replicas.Tolerance;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Replicas in a closed loop over traces, with and without a forecast: one decision a minute, pods that serve 90 s after it, a target of one unit for each pod.
 * Traces of longer steps are interpolated. Judged are the first days of the second half; what lies before them is known.
 */
public final class ReplicasBenchmark {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration POD_START = Duration.ofSeconds(90);
    private static final int WINDOW = 5;

    private ReplicasBenchmark() {}

    /** What came of one loop. */
    private record Outcome(int overTarget, int overCapacity, long podMinutes) {}

    /**
     * @param pods that the 95th percentile of demand needs
     * @param days judged at most
     * @param knownDays given to each decision at most
     */
    public static void run(Path list, int pods, int days, int knownDays, Consumer<String> say) {
        say.accept("trace                        minutes   short of the target    short of target / 0.7   pod-hours");
        double gains = 0;
        double dearer = 0;
        List<TraceSpec> specs = TraceSpec.read(list);
        for (TraceSpec spec : specs) {
            double[] demand = scaled(minutes(Trace.read(spec)), pods);
            int first = demand.length / 2;
            int end = Math.min(demand.length, first + days * 1440);
            Outcome reactive = loop(demand, first, end, 0);
            Outcome predictive = loop(demand, first, end, knownDays * 1440);
            double fewer = fewer(reactive.overTarget, predictive.overTarget);
            double more = 100.0 * (predictive.podMinutes - reactive.podMinutes) / reactive.podMinutes;
            gains += fewer / specs.size();
            dearer += more / specs.size();
            say.accept(String.format(
                    Locale.ROOT,
                    "%-28s %7d   %6d -> %6d %4.0f %%   %6d -> %6d %4.0f %%   %+5.1f %%",
                    spec.name(),
                    end - first,
                    reactive.overTarget,
                    predictive.overTarget,
                    fewer,
                    reactive.overCapacity,
                    predictive.overCapacity,
                    fewer(reactive.overCapacity, predictive.overCapacity),
                    more));
        }
        say.accept(String.format(
                Locale.ROOT, "mean: %.0f %% fewer minutes short of the target, %+.1f %% pod-hours", gains, dearer));
    }

    private static double fewer(int before, int after) {
        return before == 0 ? 0 : 100.0 * (before - after) / before;
    }

    private static double[] minutes(Trace trace) {
        int length = (int) ((trace.values().length - 1) * trace.stepSeconds() / 60) + 1;
        double[] minutes = new double[length];
        for (int i = 0; i < length; i++) {
            double cell = Math.min(i * 60 / trace.stepSeconds(), trace.values().length - 1.0);
            int low = (int) cell;
            int high = Math.min(low + 1, trace.values().length - 1);
            double value = trace.values()[low] + (cell - low) * (trace.values()[high] - trace.values()[low]);
            minutes[i] = Math.max(0, value);
        }
        return minutes;
    }

    private static double[] scaled(double[] demand, int pods) {
        double[] sorted = demand.clone();
        Arrays.sort(sorted);
        double p95 = Math.max(sorted[(int) (0.95 * (sorted.length - 1))], Double.MIN_NORMAL);
        return Arrays.stream(demand).map(value -> value * pods / p95).toArray();
    }

    /** @param known minutes of the past that each decision is given; 0 for no forecast */
    private static Outcome loop(double[] demand, int first, int end, int known) {
        int replicas = Math.max(1, (int) Math.ceil(demand[first]));
        int before = replicas;
        Deque<Integer> recommended = new ArrayDeque<>();
        int overTarget = 0;
        int overCapacity = 0;
        long podMinutes = 0;
        for (int minute = first; minute < end; minute++) {
            // Asked for a minute ago, a pod does not serve yet; asked for two minutes ago, and not taken away since, it
            // does.
            int serving = Math.min(replicas, before);
            if (demand[minute] > serving) overTarget++;
            if (demand[minute] > serving / 0.7) overCapacity++;
            podMinutes += replicas;
            ScalingAnswer answer = HorizontalScaling.decide(input(demand, minute, replicas, recommended, known));
            recommended.addFirst(proposed(answer));
            if (recommended.size() > WINDOW) recommended.removeLast();
            before = replicas;
            replicas = answer.desiredReplicas();
        }
        return new Outcome(overTarget, overCapacity, podMinutes);
    }

    /** What the controller remembers: the number before windows and rates. */
    private static int proposed(ScalingAnswer answer) {
        int reactive = answer.metrics().getFirst().proposedReplicas().orElseThrow();
        return answer.predicted()
                .filter(ScalingAnswer.Predicted::used)
                .flatMap(ScalingAnswer.Predicted::replicas)
                .map(foreseen -> Math.max(foreseen, reactive))
                .orElse(reactive);
    }

    private static ScalingInput input(
            double[] demand, int minute, int replicas, Deque<Integer> recommended, int known) {
        List<ScalingHistory.Entry> entries = new ArrayList<>();
        Duration age = MINUTE;
        for (int count : recommended) {
            entries.add(new ScalingHistory.Entry(count, age));
            age = age.plus(MINUTE);
        }
        List<Optional<Double>> past = new ArrayList<>();
        for (int i = Math.max(0, minute - known + 1); i <= minute && known > 0; i++) past.add(Optional.of(demand[i]));
        return new ScalingInput(
                replicas,
                1,
                Integer.MAX_VALUE,
                List.of(new ScalingMetric.Total(
                        "demand",
                        Optional.of((long) Math.ceil(demand[minute] * 1000)),
                        new ScalingMetric.AverageValue(1000))),
                List.<PodSample>of(),
                Tolerance.DEFAULT,
                Optional.empty(),
                new ScalingHistory(List.of(), List.of(), entries),
                known == 0 ? Optional.empty() : Optional.of(new PastDemand(Instant.EPOCH, MINUTE, past, POD_START)));
    }
}
