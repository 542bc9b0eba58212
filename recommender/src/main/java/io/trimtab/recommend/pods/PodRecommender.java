package io.trimtab.recommend.pods;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.Demand;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.PodReason.CpuDiffers;
import io.trimtab.recommend.PodReason.MemoryDiffers;
import io.trimtab.recommend.PodReason.NoSamples;
import io.trimtab.recommend.PodReason.ShortHistory;
import io.trimtab.recommend.PodReason.WithinBand;
import io.trimtab.recommend.Reason;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.Recommendation.Hold;
import io.trimtab.recommend.Recommendation.Resize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Decides requests and limits for one container of a workload, with the stock VPA's numbers. */
public final class PodRecommender {
    private final PodPolicy policy;

    public PodRecommender(PodPolicy policy) {
        this.policy = policy;
    }

    /** @param impact what a change from the first to the second requirements of one pod is worth, over all pods */
    public Recommendation decide(Demand demand, BiFunction<Requirements, Requirements, Impact> impact) {
        if (demand.cpu().isEmpty() || demand.memory().isEmpty()) return hold(demand, new NoSamples());
        Duration seen = Duration.between(
                demand.history().firstSampleAt().orElseThrow(),
                demand.history().lastSampleAt().orElseThrow());
        if (seen.compareTo(policy.minHistory()) < 0) return hold(demand, new ShortHistory(seen, policy.minHistory()));

        Requirements from = demand.container().requirements();
        MilliCores cpu = new MilliCores(cpu(demand).target());
        Bytes memory = new Bytes(memory(demand).target());
        boolean cpuNear = near(from.cpuRequest().map(MilliCores::value), cpu.value());
        boolean memoryNear = near(from.memoryRequest().map(Bytes::value), memory.value());
        MilliCores cpuNow = from.cpuRequest().orElse(MilliCores.ZERO);
        Bytes memoryNow = from.memoryRequest().orElse(Bytes.ZERO);
        if (cpuNear && memoryNear) return hold(demand, new WithinBand(cpuNow, cpu, memoryNow, memory));

        List<Reason> reasons = new ArrayList<>();
        if (!cpuNear) reasons.add(new CpuDiffers(cpuNow, cpu, StockVpa.TARGET_QUANTILE));
        if (!memoryNear) reasons.add(new MemoryDiffers(memoryNow, memory, StockVpa.TARGET_QUANTILE));
        Requirements to = policy.limits()
                .apply(
                        from,
                        cpuNear ? Optional.empty() : Optional.of(cpu),
                        memoryNear ? Optional.empty() : Optional.of(memory));
        return new Resize(demand.workload(), demand.container().name(), from, to, impact.apply(from, to), reasons);
    }

    private Amounts cpu(Demand demand) {
        return StockVpa.cpu(demand.cpu().orElseThrow(), demand.history(), demand.containersInPod())
                .within(policy.minCpu().value(), policy.maxCpu().value());
    }

    private Amounts memory(Demand demand) {
        return StockVpa.memory(demand.memory().orElseThrow(), demand.history(), demand.containersInPod())
                .within(policy.minMemory().value(), policy.maxMemory().value());
    }

    private boolean near(Optional<Long> request, long target) {
        return request.map(value -> Math.abs(target - value) <= policy.tolerance() * value)
                .orElse(false);
    }

    private static Hold hold(Demand demand, PodReason reason) {
        return new Hold(demand.workload(), demand.container().name(), List.of(reason));
    }
}
