package io.trimtab.recommend.plan;

import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.Demand;
import io.trimtab.forecast.starts.StartUse;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.PodReason.StartUpBoost;
import io.trimtab.recommend.Reason;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.Recommendation.Hold;
import io.trimtab.recommend.Recommendation.Resize;
import io.trimtab.recommend.Recommendation.Retune;
import io.trimtab.recommend.feasible.Feasibility;
import io.trimtab.recommend.pods.PodPolicy;
import io.trimtab.recommend.pods.StartUpSizing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Says beside what was decided of requests what containers should have while they start, as far as that is to be had. */
final class StartUpBoosts {
    private final Feasibility feasibility;
    private final Function<WorkloadId, Optional<PodPolicy>> policies;

    /** @param policies empty for a workload of which nothing is recommended */
    StartUpBoosts(Feasibility feasibility, Function<WorkloadId, Optional<PodPolicy>> policies) {
        this.feasibility = feasibility;
        this.policies = policies;
    }

    List<Recommendation> beside(List<Recommendation> decided, List<Demand> demands) {
        Map<WorkloadId, List<Demand>> starting = demands.stream()
                .collect(Collectors.groupingBy(Demand::workload, LinkedHashMap::new, Collectors.toList()));
        starting.values()
                .removeIf(its -> its.stream().allMatch(demand -> demand.start().isEmpty()));
        if (starting.isEmpty()) return decided;
        Map<WorkloadId, List<Recommendation>> byWorkload = decided.stream()
                .filter(one -> starting.containsKey(one.workload()))
                .collect(Collectors.groupingBy(Recommendation::workload));
        Map<WorkloadId, List<StartUpBoost>> boosts = new HashMap<>();
        byWorkload.forEach((workload, its) -> policies.apply(workload)
                .filter(PodPolicy::startupBoost)
                .ifPresent(policy -> boosts.put(
                        workload, boosts(its, starting.getOrDefault(workload, List.of()), workload, policy))));
        return decided.stream()
                .map(one -> with(one, boosts.getOrDefault(one.workload(), List.of())))
                .toList();
    }

    private List<StartUpBoost> boosts(
            List<Recommendation> decided, List<Demand> demands, WorkloadId workload, PodPolicy policy) {
        Map<String, Requirements> later = new HashMap<>();
        demands.forEach(demand ->
                later.put(demand.container().name(), demand.container().requirements()));
        decided.forEach(one -> resizes(one).forEach(resize -> later.put(resize.container(), resize.to())));
        Map<String, MilliCores> wanted = new HashMap<>();
        for (Demand demand : demands) {
            String container = demand.container().name();
            Requirements its = later.getOrDefault(container, Requirements.NONE);
            if (decided.stream().noneMatch(one -> isKnown(one, container))) continue;
            demand.start()
                    .flatMap(use -> StartUpSizing.wanted(use, its, policy))
                    .ifPresent(cpu -> wanted.put(container, cpu));
        }
        if (wanted.isEmpty()) return List.of();
        Map<String, Requirements> had = feasibility.starting(workload, later, wanted, policy);
        List<StartUpBoost> boosts = new ArrayList<>();
        for (Demand demand : demands) {
            String container = demand.container().name();
            if (!wanted.containsKey(container)) continue;
            StartUse use = demand.start().orElseThrow();
            Requirements its = later.getOrDefault(container, Requirements.NONE);
            StartUpSizing.boost(container, use, its, had.getOrDefault(container, its))
                    .ifPresent(boosts::add);
        }
        return boosts;
    }

    private static List<Resize> resizes(Recommendation one) {
        return switch (one) {
            case Resize resize -> List.of(resize);
            case Retune retune -> retune.resizes();
            case Recommendation.Scale _, Hold _ -> List.of();
        };
    }

    /** Whether it is known what a container needs later; before that nobody knows what would be more. */
    private static boolean isKnown(Recommendation one, String container) {
        return switch (one) {
            case Resize resize -> resize.container().equals(container);
            case Retune retune ->
                retune.resizes().stream().anyMatch(resize -> resize.container().equals(container));
            case Hold hold ->
                hold.subject().equals(container)
                        && hold.reasons().stream()
                                .noneMatch(reason -> reason instanceof PodReason.ShortHistory
                                        || reason instanceof PodReason.NoSamples);
            case Recommendation.Scale _ -> false;
        };
    }

    /** A retune speaks of all of its containers. */
    private static Recommendation with(Recommendation one, List<StartUpBoost> boosts) {
        List<StartUpBoost> its =
                boosts.stream().filter(boost -> isKnown(one, boost.container())).toList();
        if (its.isEmpty()) return one;
        List<Reason> reasons = new ArrayList<>(one.reasons());
        reasons.addAll(its);
        return switch (one) {
            case Resize it -> new Resize(it.workload(), it.container(), it.from(), it.to(), it.impact(), reasons);
            case Retune it ->
                new Retune(
                        it.workload(), it.autoscaler(), it.targets(), it.minimum(), it.resizes(), it.impact(), reasons);
            case Hold it -> new Hold(it.workload(), it.subject(), reasons);
            case Recommendation.Scale it -> it;
        };
    }
}
