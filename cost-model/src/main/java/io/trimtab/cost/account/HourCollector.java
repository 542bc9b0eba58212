package io.trimtab.cost.account;

import io.trimtab.cost.account.NodeTally.Stay;
import io.trimtab.cost.account.Observation.PodKey;
import io.trimtab.cost.allocation.AllocationRequest.ComponentRatio;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.tariff.Commitment;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects observations into hours. Between two of them, what ran is charged the larger of its request and of what it used by the later one; pods and nodes count from
 * their start, and until they are seen gone. Over a gap the values before it are carried, and marked. Used by one thread at a time.
 */
public final class HourCollector {
    /** No node of a cluster can be called so. */
    private static final String UNUSED = "commitment:";

    private final ComponentRatio ratio;
    private final Limits limits;
    private final CommitmentSpread commitments;
    private Optional<Observation> last = Optional.empty();
    private final Map<String, List<NodeTally>> tallies = new LinkedHashMap<>();

    /** Of the hour under way, how much is counted. */
    private long millis;

    /**
     * @param usual a longer time between two observations is a gap
     * @param carried over a longer gap nothing is carried
     */
    public record Limits(Duration usual, Duration carried) {}

    /** One without commitments. */
    public HourCollector(ComponentRatio ratio, Limits limits) {
        this(ratio, limits, List.of());
    }

    public HourCollector(ComponentRatio ratio, Limits limits, List<Commitment> commitments) {
        this.ratio = ratio;
        this.limits = limits;
        this.commitments = new CommitmentSpread(commitments);
    }

    /** One that goes on where a process before it ended. */
    public void resume(CollectedHour kept) {
        tallies.clear();
        for (CollectedHour.Node node : kept.nodes())
            tallies.computeIfAbsent(node.node().id().name(), _ -> new ArrayList<>())
                    .add(NodeTally.of(node));
        millis = kept.millis();
        last = Optional.of(kept.last());
    }

    /** What is to survive the end of the process; empty before the first observation. */
    public Optional<CollectedHour> collected() {
        return last.map(seen -> new CollectedHour(
                hourOf(seen.at()),
                millis,
                tallies.values().stream()
                        .flatMap(List::stream)
                        .map(NodeTally::kept)
                        .toList(),
                seen));
    }

    /**
     * Adds what lies between the observation before and this one. One that is not later than the one before changes nothing.
     *
     * @return the hours that are over with it, in order
     */
    public List<ClosedHour> observe(Observation seen) {
        List<ClosedHour> closed = new ArrayList<>();
        if (last.isEmpty()) {
            last = Optional.of(seen);
            return closed;
        }
        Observation before = last.get();
        if (!seen.at().isAfter(before.at())) return closed;
        Duration between = Duration.between(before.at(), seen.at());
        last = Optional.of(seen);
        if (between.compareTo(limits.carried()) > 0) {
            if (!hourOf(before.at()).equals(hourOf(seen.at()))) closeInto(closed, hourOf(before.at()));
            return closed;
        }
        boolean gap = between.compareTo(limits.usual()) > 0;
        List<Observation.Pod> pods = pods(before, seen, gap);
        Map<String, Observation.Node> nodes = nodes(before, seen);
        Instant from = before.at();
        while (from.isBefore(seen.at())) {
            Instant over = hourOf(from).plus(1, ChronoUnit.HOURS);
            Instant to = over.isBefore(seen.at()) ? over : seen.at();
            add(new Span(from, to), nodes, pods, gap || seen.carried());
            if (to.equals(over)) closeInto(closed, hourOf(from));
            from = to;
        }
        return closed;
    }

    /** The hour under way as if it ended with the last observation; empty where nothing was collected of it. */
    public Optional<ClosedHour> soFar() {
        return last.flatMap(seen -> rows(hourOf(seen.at())));
    }

    private void closeInto(List<ClosedHour> closed, Instant hour) {
        rows(hour).ifPresent(closed::add);
        tallies.clear();
        millis = 0;
    }

    private Optional<ClosedHour> rows(Instant hour) {
        // By name, so that the order in which nodes are told decides nothing, not even who pays a last digit.
        List<NodeTally> counted = tallies.values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(NodeTally::name))
                .toList();
        CommitmentSpread.Spread spread =
                commitments.over(counted.stream().map(node -> node.use(ratio)).toList(), millis);
        List<PodHour> pods = new ArrayList<>();
        List<NodeHour> nodes = new ArrayList<>();
        for (int i = 0; i < counted.size(); i++)
            nodes.add(counted.get(i).close(spread.bills().get(i), pods));
        spread.unused().forEach((commitment, fee) -> nodes.add(unused(commitment, fee, hour)));
        return nodes.isEmpty() ? Optional.empty() : Optional.of(new ClosedHour(hour, pods, nodes));
    }

    /** What is paid for and not used is idle; it stands as a node of its own that offers nothing. */
    private NodeHour unused(Commitment commitment, BigDecimal fee, Instant hour) {
        ResourceCosts bill = new ResourceCosts(fee, BigDecimal.ZERO, BigDecimal.ZERO);
        return new NodeHour(
                new NodeHour.Node(UNUSED + commitment.name(), "", "", "", "on-demand", ""),
                new Span(hour, hour.plusMillis(millis)),
                new NodeHour.Capacity(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO),
                commitment.perHour(),
                bill,
                bill,
                BigDecimal.ZERO,
                PriceOrigin.GIVEN);
    }

    /** Those of both observations: what has gone stays as it was, and what is there has its newest values, but over a gap those from before it. */
    private static List<Observation.Pod> pods(Observation before, Observation seen, boolean gap) {
        Map<PodKey, Observation.Pod> now = new LinkedHashMap<>();
        for (Observation.Pod pod : seen.pods()) now.put(pod.key(), pod);
        List<Observation.Pod> all = new ArrayList<>();
        for (Observation.Pod pod : before.pods()) {
            Optional<Observation.Pod> still = Optional.ofNullable(now.remove(pod.key()));
            Instant end = still.isPresent() || pod.endsAt().isAfter(seen.at()) ? seen.at() : pod.endsAt();
            Observation.Pod values = still.filter(_ -> !gap).orElse(pod);
            all.add(lasting(values, earlier(pod.startedAt(), before.at()), end));
        }
        for (Observation.Pod pod : now.values()) all.add(lasting(pod, later(pod.startedAt(), before.at()), seen.at()));
        return all;
    }

    private static Observation.Pod lasting(Observation.Pod pod, Instant start, Instant end) {
        return new Observation.Pod(pod.id(), pod.node(), start, end, pod.requested(), pod.use());
    }

    private static Map<String, Observation.Node> nodes(Observation before, Observation seen) {
        Map<String, Observation.Node> all = new LinkedHashMap<>();
        for (Observation.Node node : before.nodes()) all.put(node.id().name(), node);
        for (Observation.Node node : seen.nodes()) all.putIfAbsent(node.id().name(), node);
        return all;
    }

    private void add(Span span, Map<String, Observation.Node> nodes, List<Observation.Pod> pods, boolean carried) {
        millis += PodTally.millis(span);
        Map<String, List<Observation.Pod>> byNode = new HashMap<>();
        for (Observation.Pod pod : pods)
            byNode.computeIfAbsent(pod.node(), _ -> new ArrayList<>()).add(pod);
        for (Observation.Node node : nodes.values()) {
            Instant start = later(node.createdAt(), span.start());
            if (!start.isBefore(span.end())) continue;
            Span lived = new Span(start, span.end());
            List<Stay> stays = new ArrayList<>();
            for (Observation.Pod pod : byNode.getOrDefault(node.id().name(), List.of())) {
                Instant from = later(pod.startedAt(), lived.start());
                Instant to = earlier(pod.endsAt(), lived.end());
                if (from.isBefore(to)) stays.add(new Stay(pod, new Span(from, to)));
            }
            tally(node, lived.start()).add(lived, stays, carried);
        }
    }

    /** One whose price or size has changed is counted anew beside. */
    private NodeTally tally(Observation.Node node, Instant start) {
        List<NodeTally> known = tallies.computeIfAbsent(node.id().name(), _ -> new ArrayList<>());
        if (known.isEmpty() || !known.getLast().isOf(node)) known.add(new NodeTally(node, start));
        return known.getLast();
    }

    private static Instant hourOf(Instant moment) {
        return moment.truncatedTo(ChronoUnit.HOURS);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
