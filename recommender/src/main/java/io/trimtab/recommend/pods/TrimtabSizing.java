package io.trimtab.recommend.pods;

import io.trimtab.cost.units.Bytes;
import io.trimtab.forecast.RecentDays;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.recommend.PodReason;
import java.util.List;
import java.util.Optional;

/**
 * Trimtab's numbers with what decided them. Memory that leaks is not fed: more of it would only be filled later, so its request stays.
 *
 * @param cpuReasons none without a sample of CPU
 * @param memoryReasons none without a sample of memory
 */
record TrimtabSizing(Sizing sizing, List<PodReason> cpuReasons, List<PodReason> memoryReasons) {
    /** @param leaks whether memory rises without end */
    static TrimtabSizing of(RecentDays recent, boolean leaks, Requirements now, LimitRules limits, AcceptedRisk risk) {
        Sizing needed = RiskSizing.size(recent, now, limits, risk);
        List<PodReason> cpu = needed.cpu().stream()
                .<PodReason>map(range -> new PodReason.CpuByRisk(
                        now.cpuRequest(), range.target(), RiskSizing.contendedMinutes(risk), recent.days()))
                .toList();
        // A request of less than half of what is held is no measure of anything.
        Bytes held = new Bytes((long) recent.memory().highest());
        Optional<Bytes> kept = leaks
                ? now.memoryRequest().map(request -> request.times(2).compareTo(held) < 0 ? held : request)
                : Optional.empty();
        List<PodReason> memory = needed.memory().stream()
                .map(range -> kept.<PodReason>map(request -> new PodReason.LeakNotFed(request, range.target()))
                        .orElseGet(() -> new PodReason.MemoryByRisk(
                                now.memoryRequest(),
                                range.target(),
                                risk.oomPerWeek(),
                                recent.days(),
                                recent.memory().kills())))
                .toList();
        Sizing sizing = new Sizing(
                needed.cpu(), needed.memory().map(range -> kept.map(Range::only).orElse(range)));
        return new TrimtabSizing(sizing, cpu, memory);
    }
}
