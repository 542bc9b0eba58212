package io.trimtab.recommend.pods;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.Demand;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.pods.LiveContainer.Amounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a stock VPA, recommender and updater together, would do to one workload: the rival in comparisons. */
public final class StockUpdate {
    private StockUpdate() {}

    /**
     * @param containers demand of each container of one workload
     * @param cpuToo whether it controls CPU; it must not where an autoscaler stands on CPU
     * @param age of the oldest pod; empty when none has started
     * @param nothing an impact of nothing
     * @return a resize for each container when the updater would touch the pod; else none
     */
    public static List<Recommendation> decide(
            List<Demand> containers, boolean cpuToo, Optional<Duration> age, Impact nothing) {
        List<LiveContainer> live = new ArrayList<>();
        Map<Demand, Requirements> wanted = new LinkedHashMap<>();
        for (Demand demand : containers) {
            Sizing vpa = StockVpa.size(demand.cpu(), demand.memory(), demand.history(), demand.containersInPod());
            Optional<Range<MilliCores>> cpu = vpa.cpu().filter(_ -> cpuToo);
            Optional<Range<Bytes>> memory = vpa.memory();
            Requirements now = demand.container().requirements();
            live.add(new LiveContainer(
                    demand.container().name(),
                    new Amounts(now.cpuRequest(), now.memoryRequest()),
                    new Amounts(cpu.map(Range::target), memory.map(Range::target)),
                    new Amounts(cpu.map(Range::lower), memory.map(Range::lower)),
                    new Amounts(cpu.map(Range::upper), memory.map(Range::upper))));
            Requirements to = LimitRules.RATIO.applied(now, cpu.map(Range::target), memory.map(Range::target));
            if (!to.equals(now)) wanted.put(demand, to);
        }
        PodUpdate update = PodUpdater.decide(live, age);
        if (!update.act()) return List.of();
        return wanted.entrySet().stream()
                .<Recommendation>map(entry -> new Recommendation.Resize(
                        entry.getKey().workload(),
                        entry.getKey().container().name(),
                        entry.getKey().container().requirements(),
                        entry.getValue(),
                        nothing,
                        List.copyOf(update.reasons())))
                .toList();
    }
}
