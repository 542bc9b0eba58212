package io.trimtab.recommend.consolidation;

import io.trimtab.cost.units.Resources;
import io.trimtab.recommend.KeptReason;
import io.trimtab.recommend.consolidation.ConsolidationProblem.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What keeps nodes before any plan is made: marks, budgets, and changes that are too recent. */
final class Eligibility {
    /** {@code --scale-down-unneeded-time} of the Cluster Autoscaler. */
    private static final Duration UNNEEDED = Duration.ofMinutes(10);

    private final ConsolidationProblem problem;
    private final Drainability drainability;
    private final PoolRules pools;
    private final Limits limits;

    private Eligibility(Cluster cluster) {
        problem = cluster.problem();
        drainability = new Drainability(problem.terms().policy(), problem.allowed());
        pools = new PoolRules(cluster);
        limits = Limits.of(problem);
    }

    /** By index of the hosts that must stay. */
    static Map<Integer, KeptReason> held(Cluster cluster) {
        var eligibility = new Eligibility(cluster);
        Map<Integer, KeptReason> held = new TreeMap<>();
        for (Host host : cluster.hosts()) eligibility.reason(host).ifPresent(reason -> held.put(host.index(), reason));
        return held;
    }

    private Optional<KeptReason> reason(Host host) {
        Optional<KeptReason> obstacle = drainability.obstacle(host);
        return switch (problem.terms().policy()) {
            case CLUSTER_AUTOSCALER ->
                obstacle.filter(KeptReason.NodeHeld.class::isInstance)
                        .or(() -> aboveThreshold(host))
                        .or(() -> obstacle)
                        .or(() -> unneededTooShortly(host));
            case KARPENTER -> obstacle.or(() -> byPool(host));
            case TRIMTAB -> obstacle.or(() -> justMoved(host)).or(() -> byPool(host));
        };
    }

    /** What Karpenter asks of a node's pool. */
    private Optional<KeptReason> byPool(Host host) {
        return pools.keeps(host)
                .or(() -> changed(host))
                .or(() -> notNow(host))
                .or(() -> pools.tooLittleForBalanced(host));
    }

    private Optional<KeptReason> notNow(Host host) {
        int allowed = host.isEmpty() ? limits.of(host).empty() : limits.of(host).used();
        return allowed > 0 ? Optional.empty() : Optional.of(new KeptReason.NoDisruptionNow(allowed));
    }

    private static Optional<KeptReason> justMoved(Host host) {
        return host.moving().stream()
                .map(Moving::pod)
                .filter(pod -> pod.age()
                        .filter(age -> age.compareTo(Consolidator.SETTLED) < 0)
                        .isPresent())
                .min(Comparator.comparing(pod -> pod.age().orElse(Consolidator.SETTLED)))
                .map(pod -> new KeptReason.JustMoved(
                        pod.name(), pod.age().orElse(Consolidator.SETTLED), Consolidator.SETTLED));
    }

    private Optional<KeptReason> changed(Host host) {
        Optional<Instant> last = host.node().lastPodEvent();
        if (host.isEmpty()) last = latest(last, host.node().emptySince());
        Duration needed = pools.terms(host)
                .flatMap(PoolTerms::after)
                .orElse(problem.terms().consolidateAfter());
        return last.map(this::since)
                .filter(since -> since.compareTo(needed) < 0)
                .map(since -> new KeptReason.TooRecent(since, needed));
    }

    private Duration since(Instant at) {
        return at.isAfter(problem.now()) ? Duration.ZERO : Duration.between(at, problem.now());
    }

    private static Optional<Instant> latest(Optional<Instant> one, Optional<Instant> other) {
        if (one.isEmpty()) return other;
        return other.filter(one.get()::isBefore).or(() -> one);
    }

    /** It removes what has been unneeded for longer than its time, so the very moment is too early. */
    private Optional<KeptReason> unneededTooShortly(Host host) {
        return (host.isEmpty() ? host.node().emptySince() : host.node().lastPodEvent())
                .map(this::since)
                .filter(since -> since.compareTo(UNNEEDED) <= 0)
                .map(since -> new KeptReason.TooRecent(since, UNNEEDED));
    }

    private Optional<KeptReason> aboveThreshold(Host host) {
        Terms terms = problem.terms();
        double utilization = utilization(host, terms.ignoreDaemonSets());
        return utilization < terms.threshold()
                ? Optional.empty()
                : Optional.of(new KeptReason.AboveThreshold(utilization, terms.threshold()));
    }

    /** The larger share of CPU and memory; of a node with GPUs their share alone, as the Cluster Autoscaler has it. */
    private static double utilization(Host host, boolean ignoreDaemons) {
        Resources requested = host.node().pods().stream()
                .filter(pod -> !ignoreDaemons || !pod.daemon())
                .map(NodePod::requested)
                .reduce(Resources.ZERO, Resources::plus);
        Resources all = ignoreDaemons ? host.room() : host.node().allocatable();
        if (!all.gpu().isZero()) return share(requested.gpu().value(), all.gpu().value());
        return Math.max(
                share(requested.cpu().value(), all.cpu().value()),
                share(requested.memory().value(), all.memory().value()));
    }

    private static double share(long amount, long all) {
        return amount == 0 ? 0 : all == 0 ? 1 : (double) amount / all;
    }
}
