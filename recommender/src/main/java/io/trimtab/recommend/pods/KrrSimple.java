package io.trimtab.recommend.pods;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.RecentDays;
import io.trimtab.ingest.model.CpuAndMemory;
import io.trimtab.ingest.model.Resource;
import io.trimtab.recommend.PodReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * KRR's simple strategy with its documented defaults: CPU is the largest of the pods' 95th percentiles, without a limit; memory the largest sample
 * and 15 % more, with a limit of as much. Looks back 14 days and wants 100 samples of a resource over all pods.
 *
 * @see "github.com/robusta-dev/krr, strategies/simple.py and core/runner.py"
 */
final class KrrSimple {
    static final double CPU_QUANTILE = 0.95;

    private static final double MEMORY_BUFFER = 0.15;
    private static final Duration HISTORY = Duration.ofDays(14);
    private static final long POINTS_NEEDED = 100;
    private static final long LEAST_MILLI = 10;
    private static final long LEAST_MEBIBYTES = 100;
    private static final double MEBIBYTE = 1 << 20;

    private KrrSimple() {}

    static Sizing size(RightsizeInput input) {
        Optional<Range<MilliCores>> cpu = enough(samples(input, Resource.CPU)).map(KrrSimple::cpu);
        Optional<Range<Bytes>> memory = enough(samples(input, Resource.MEMORY)).map(KrrSimple::memory);
        return new Sizing(cpu, memory);
    }

    /**
     * The targets from what is kept of the newest 14 days. Memory is KRR's number to the MiB. CPU is the percentile of all pods' samples together, within a bucket of
     * 5 %: KRR takes the busiest pod's, which is no less, and days do not keep pods apart. Samples of memory are not counted; they come with those of CPU.
     */
    static CpuAndMemory of(RecentDays recent) {
        if (recent.cpu().total() < POINTS_NEEDED) return CpuAndMemory.NONE;
        Optional<Bytes> memory = Optional.of(recent.memory().highest())
                .filter(peak -> peak > 0)
                .map(KrrSimple::memory)
                .map(Range::target);
        return new CpuAndMemory(Optional.of(milli(recent.cpu().quantile(CPU_QUANTILE))), memory);
    }

    /** Why a resource that has samples gets no size. */
    static List<PodReason> refusals(RightsizeInput input) {
        List<PodReason> refusals = new ArrayList<>();
        for (Resource resource : Resource.SIZED) {
            long points = count(samples(input, resource).values());
            if (points > 0 && points < POINTS_NEEDED)
                refusals.add(new PodReason.FewSamples(resource, points, POINTS_NEEDED));
        }
        return refusals;
    }

    private static Range<MilliCores> cpu(Map<String, double[]> byPod) {
        double cores =
                byPod.values().stream().mapToDouble(KrrSimple::percentile).max().orElseThrow();
        return Range.only(milli(cores));
    }

    private static MilliCores milli(double cores) {
        return new MilliCores(Math.max((long) Math.ceil(cores * 1000), LEAST_MILLI));
    }

    private static Range<Bytes> memory(Map<String, double[]> byPod) {
        double peak =
                byPod.values().stream().flatMapToDouble(Arrays::stream).max().orElseThrow();
        return memory(peak);
    }

    private static Range<Bytes> memory(double peak) {
        long mebibytes = (long) Math.ceil(peak * (1 + MEMORY_BUFFER) / MEBIBYTE);
        return Range.only(new Bytes(Math.max(mebibytes, LEAST_MEBIBYTES) << 20));
    }

    /** As Prometheus's quantile_over_time: linear between the neighbours. */
    private static double percentile(double[] samples) {
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        double rank = CPU_QUANTILE * (sorted.length - 1);
        int below = (int) Math.floor(rank);
        double weight = rank - below;
        return sorted[below] * (1 - weight) + sorted[Math.min(below + 1, sorted.length - 1)] * weight;
    }

    private static Optional<Map<String, double[]>> enough(Map<String, double[]> byPod) {
        return count(byPod.values()) < POINTS_NEEDED ? Optional.empty() : Optional.of(byPod);
    }

    private static long count(Collection<double[]> samples) {
        return samples.stream().mapToLong(each -> each.length).sum();
    }

    private static Map<String, double[]> samples(RightsizeInput input, Resource resource) {
        Instant after = input.now().minus(HISTORY);
        return input.runs().stream()
                .filter(run -> run.resource() == resource)
                .collect(Collectors.groupingBy(
                        UsageRun::pod,
                        TreeMap::new,
                        Collectors.flatMapping(
                                run -> run.between(after, input.now()),
                                Collectors.collectingAndThen(
                                        Collectors.toList(),
                                        list -> list.stream()
                                                .mapToDouble(Double::doubleValue)
                                                .toArray()))))
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue().length > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    }
}
