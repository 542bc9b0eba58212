package io.trimtab.service.backtest;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Money;
import io.trimtab.forecast.Demand;
import io.trimtab.forecast.HistogramForecaster;
import io.trimtab.forecast.OutlookForecaster;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageSeries;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.pods.PodPolicy;
import io.trimtab.recommend.pods.PodRecommender;
import io.trimtab.recommend.pods.Steering;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The CPU request of one container whose usage is a trace, decided each hour with what was seen until then: by the whole week, and by the time of the week. Judged is
 * the second half of each trace, or the first one from its eighth day on.
 */
public final class RequestsBenchmark {
    private static final WorkloadId WORKLOAD = new WorkloadId("traces", "Deployment", "trace");
    private static final PodId POD = new PodId("traces", "trace-0");
    private static final ContainerId CONTAINER = new ContainerId(POD, "app");
    private static final double USUAL_CORES = 0.5;
    private static final Duration WEEK = Duration.ofDays(7);

    private RequestsBenchmark() {}

    /** What one rule's requests came to. */
    private static final class Tally {
        private final PodPolicy policy;
        private Requirements now = Requirements.requests(new MilliCores(4000), Bytes.ZERO);
        private double requested;
        private double unused;
        private double above;
        private int changes;

        Tally(PodPolicy policy) {
            this.policy = policy;
        }

        double request() {
            return now.cpuRequest().orElseThrow().value() / 1000.0;
        }

        void decide(Demand demand, Instant at, boolean judged) {
            Recommendation said = PodRecommender.decide(
                    with(demand, now), policy, at, Steering.FREE, (from, to) -> new Impact(price(from), price(to)));
            if (!(said instanceof Recommendation.Resize resize)) return;
            now = resize.to();
            if (judged) changes++;
        }

        void use(double cores) {
            requested += request();
            unused += Math.max(0, request() - cores);
            if (cores > request()) above++;
        }
    }

    private record Row(String name, double days, double steps, double foreseen, Tally whole, Tally timed) {}

    /** @param first whether the first halves are judged instead */
    public static void run(Path list, boolean first, Consumer<String> say) {
        say.accept("trace                          days  foreseen   unused: week  by time   above the request, min/day:"
                + " week  by time   changes a week: week  by time");
        List<Row> rows = TraceSpec.read(list).stream()
                .map(spec -> judge(Trace.read(spec), first))
                .filter(row -> row.days > 0)
                .toList();
        rows.forEach(row -> say.accept(String.format(
                Locale.ROOT,
                "%-28s %6.1f   %5.1f %%        %6.1f %%  %6.1f %%                           %6.1f   %6.1f             "
                        + "    %6.2f   %6.2f",
                row.name,
                row.days,
                100 * row.foreseen,
                100 * row.whole.unused / row.whole.requested,
                100 * row.timed.unused / row.timed.requested,
                1440 * row.whole.above / row.steps,
                1440 * row.timed.above / row.steps,
                7 * row.whole.changes / row.days,
                7 * row.timed.changes / row.days)));
        say.accept(String.format(
                Locale.ROOT,
                "all %d: requested by time, of what is requested by the week: %.3f",
                rows.size(),
                rows.stream()
                        .mapToDouble(row -> row.timed.requested / row.whole.requested)
                        .average()
                        .orElse(Double.NaN)));
    }

    private static Row judge(Trace trace, boolean first) {
        int cells = trace.values().length;
        int middle = cells / 2;
        int week = (int) (WEEK.toSeconds() / trace.stepSeconds());
        int from = first ? week : middle;
        int end = first ? middle : cells;
        int perHour = trace.perHour();
        double scale = USUAL_CORES
                / Math.max(
                        1e-9, Arrays.stream(trace.values(), 0, middle).average().orElse(1));
        var forecaster = new OutlookForecaster(new HistogramForecaster());
        Tally whole = new Tally(PodPolicy.DEFAULT);
        Tally timed = new Tally(PodPolicy.DEFAULT.thatIsFollowed());
        double steps = 0;
        double foreseen = 0;
        int decisions = 0;
        for (int cell = 0; cell + perHour <= end; cell += perHour) {
            boolean judged = cell >= from;
            for (int i = cell; i < cell + perHour && judged; i++) {
                steps++;
                whole.use(scale * trace.values()[i]);
                timed.use(scale * trace.values()[i]);
            }
            Instant at = trace.time(cell + perHour);
            ClusterSnapshot snapshot = snapshot(at);
            forecaster.observe(samples(trace, cell, perHour, scale), snapshot);
            Demand demand = forecaster.forecast(snapshot).getFirst();
            whole.decide(demand, at, judged);
            timed.decide(demand, at, judged);
            if (!judged) continue;
            decisions++;
            if (demand.foreseen().orElseThrow().betterThanNaive()) foreseen++;
        }
        return new Row(trace.name(), steps * trace.stepSeconds() / 86_400, steps, foreseen / decisions, whole, timed);
    }

    private static UsageBatch samples(Trace trace, int from, int count, double scale) {
        long[] seconds = new long[count];
        double[] cores = new double[count];
        int held = 0;
        for (int i = from; i < from + count; i++) {
            if (!trace.measured()[i]) continue;
            seconds[held] = trace.time(i).getEpochSecond();
            cores[held++] = Math.max(0, scale * trace.values()[i]);
        }
        return new UsageBatch(
                List.of(new UsageSeries(
                        CONTAINER, Resource.CPU, Arrays.copyOf(seconds, held), Arrays.copyOf(cores, held))),
                List.of(),
                List.of());
    }

    private static ClusterSnapshot snapshot(Instant at) {
        ContainerSpec container = new ContainerSpec("app", "image", Requirements.NONE);
        Workload workload = new Workload(WORKLOAD, 1, List.of(container), Map.of(), Map.of(), Instant.EPOCH);
        Pod pod = new Pod(
                POD,
                Optional.of(WORKLOAD),
                Optional.of("node"),
                PodPhase.RUNNING,
                List.of(container),
                Map.of(),
                Map.of(),
                Instant.EPOCH,
                Optional.of(Instant.EPOCH),
                Optional.of(Instant.EPOCH),
                Optional.empty());
        return new ClusterSnapshot(at, List.of(workload), List.of(pod), List.of(), List.of());
    }

    private static Demand with(Demand demand, Requirements now) {
        return new Demand(
                demand.workload(),
                demand.container().with(now),
                demand.containersInPod(),
                demand.pods(),
                demand.cpu(),
                demand.memory(),
                demand.recent(),
                demand.leak(),
                demand.foreseen(),
                demand.cpuCoresNow(),
                demand.memoryBytesNow(),
                demand.history());
    }

    /** A dollar a month for each core; nobody uses memory here. */
    private static Money price(Requirements requirements) {
        return new Money(1000 * requirements.requested().cpu().value(), Money.USD);
    }
}
