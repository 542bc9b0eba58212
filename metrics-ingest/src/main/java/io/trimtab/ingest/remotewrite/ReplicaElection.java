package io.trimtab.ingest.remotewrite;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which replica of each cluster is listened to: the first that sends, until it was silent for half a minute and another one sends. Safe for many threads.
 *
 * @see "Grafana Mimir documentation, Configure high-availability deduplication"
 */
public final class ReplicaElection {
    /** @see "Mimir's distributor.ha-tracker.failover-timeout" */
    public static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    /** One cluster sends to a Trimtab; more are pairs that share its scraping, or names that somebody makes up. */
    public static final int MOST_CLUSTERS = 100;

    private final ReplicaLabels labels;
    private final Map<String, Term> terms = new HashMap<>();
    private long takeovers;

    /**
     * @param newestMillis of the samples that any of the cluster's replicas brought
     * @param afterMillis what the one before it brought; older samples of this one are of the same time
     */
    private record Term(String replica, Instant heardAt, long newestMillis, long afterMillis) {
        boolean isOver(Instant now) {
            return Duration.between(heardAt, now).compareTo(LONGEST_SILENCE) >= 0;
        }
    }

    /**
     * The one of a cluster that is listened to.
     *
     * @param cluster empty: the senders name none
     * @param heardAt when it last sent
     */
    public record Elected(String cluster, String replica, Instant heardAt) {}

    /** What becomes of a request. */
    sealed interface Verdict {
        /** Its replica is the elected one. */
        record Taken(long afterMillis) implements Verdict {}

        /** Another one is. */
        record Dropped() implements Verdict {}

        /** There are as many clusters as may be: it is taken like that of a sender without a pair, whose every label belongs to the series. */
        record Unpaired() implements Verdict {}
    }

    public ReplicaElection(ReplicaLabels labels) {
        this.labels = labels;
    }

    ReplicaLabels labels() {
        return labels;
    }

    synchronized Verdict hear(Replica sender, Instant now) {
        Term term = terms.get(sender.cluster());
        if (term == null) {
            if (!hasRoom(now)) return new Verdict.Unpaired();
            terms.put(sender.cluster(), new Term(sender.name(), now, Long.MIN_VALUE, Long.MIN_VALUE));
            return new Verdict.Taken(Long.MIN_VALUE);
        }
        boolean same = term.replica().equals(sender.name());
        if (!same && !term.isOver(now)) return new Verdict.Dropped();
        if (!same) takeovers++;
        long after = same ? term.afterMillis() : term.newestMillis();
        terms.put(sender.cluster(), new Term(sender.name(), now, term.newestMillis(), after));
        return new Verdict.Taken(after);
    }

    /** Notes the newest sample of a request that was taken. */
    synchronized void brought(Replica sender, long newestMillis) {
        terms.computeIfPresent(
                sender.cluster(),
                (_, term) -> new Term(
                        term.replica(),
                        term.heardAt(),
                        Math.max(term.newestMillis(), newestMillis),
                        term.afterMillis()));
    }

    private boolean hasRoom(Instant now) {
        if (terms.size() >= MOST_CLUSTERS) terms.values().removeIf(term -> term.isOver(now));
        return terms.size() < MOST_CLUSTERS;
    }

    /** In the order of clusters. */
    public synchronized List<Elected> elected() {
        return terms.entrySet().stream()
                .map(entry -> new Elected(
                        entry.getKey(),
                        entry.getValue().replica(),
                        entry.getValue().heardAt()))
                .sorted(Comparator.comparing(Elected::cluster))
                .toList();
    }

    /** How often another one of the same cluster was elected. */
    public synchronized long takeovers() {
        return takeovers;
    }
}
