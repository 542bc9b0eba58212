package io.trimtab.recommend.consolidation;

import io.trimtab.ingest.model.NodeDisruption;
import io.trimtab.recommend.cron.CronPeriod;
import io.trimtab.recommend.cron.CronSchedule;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How many nodes may go at once, as Karpenter's NodePools say it.
 *
 * @param percent whether {@code nodes} is a percentage of the nodes that it is about, rounded up
 * @param causes that it is about; empty for all
 * @param period when it holds; empty for always
 * @see "https://karpenter.sh/docs/concepts/disruption/#nodepool-disruption-budgets"
 */
public record NodeBudget(int nodes, boolean percent, Set<Cause> causes, Optional<CronPeriod> period) {
    /** What a NodePool without budgets has. */
    static final NodeBudget USUAL = new NodeBudget(10, true, Set.of(), Optional.empty());

    /** What Karpenter makes of one that it does not understand. */
    private static final NodeBudget NOTHING = new NodeBudget(0, false, Set.of(), Optional.empty());

    private static final Pattern NODES = Pattern.compile("(100|\\d{1,2})%|\\d{1,9}");

    /** Why a node would go. */
    public enum Cause {
        EMPTY("Empty"),
        UNDERUTILIZED("Underutilized"),
        DRIFTED("Drifted");

        /** As a NodePool has it. */
        public final String word;

        Cause(String word) {
            this.word = word;
        }
    }

    public NodeBudget {
        if (nodes < 0) throw new IllegalArgumentException("nodes (%d) must be >= 0".formatted(nodes));
        causes = Set.copyOf(causes);
    }

    /** Those of a NodePool; one that is about none of our causes is none, and one that cannot be understood lets nothing go. */
    public static List<NodeBudget> of(List<NodeDisruption.Budget> budgets) {
        return budgets.stream().flatMap(budget -> of(budget).stream()).toList();
    }

    private static Optional<NodeBudget> of(NodeDisruption.Budget budget) {
        if (!NODES.matcher(budget.nodes()).matches()
                || budget.schedule().isPresent() != budget.duration().isPresent()) return Optional.of(NOTHING);
        Set<Cause> causes = EnumSet.noneOf(Cause.class);
        for (Cause cause : Cause.values()) if (budget.reasons().contains(cause.word)) causes.add(cause);
        if (causes.isEmpty() && !budget.reasons().isEmpty()) return Optional.empty();
        boolean percent = budget.nodes().endsWith("%");
        try {
            return Optional.of(
                    new NodeBudget(Integer.parseInt(budget.nodes().replace("%", "")), percent, causes, period(budget)));
        } catch (IllegalArgumentException notUnderstood) {
            return Optional.of(NOTHING);
        }
    }

    private static Optional<CronPeriod> period(NodeDisruption.Budget budget) {
        return budget.schedule()
                .map(line -> new CronPeriod(schedule(line), budget.duration().orElseThrow(), ZoneOffset.UTC));
    }

    /**
     * A cron line or one of its nicknames, such as {@code @daily}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static CronSchedule schedule(String line) {
        return CronSchedule.parse(
                switch (line) {
                    case "@yearly", "@annually" -> "0 0 1 1 *";
                    case "@monthly" -> "0 0 1 * *";
                    case "@weekly" -> "0 0 * * 0";
                    case "@daily", "@midnight" -> "0 0 * * *";
                    case "@hourly" -> "0 * * * *";
                    default -> line;
                });
    }

    /** The least that the budgets in force allow. */
    static int allowed(List<NodeBudget> budgets, Cause cause, int all, Instant now) {
        return budgets.stream()
                .filter(budget -> budget.causes.isEmpty() || budget.causes.contains(cause))
                .filter(budget -> budget.period.isEmpty() || budget.period.get().isOpen(now))
                .mapToInt(budget -> budget.percent ? Math.ceilDiv(all * budget.nodes, 100) : budget.nodes)
                .min()
                .orElse(all);
    }
}
