package io.trimtab.ingest.remotewrite;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which replica of each cluster is listened to: the first that sends, until it was silent for half a minute, or brought no usage for two, and another one
 * sends. Safe for many threads.
 *
 * @see "Grafana Mimir documentation, Configure high-availability deduplication"
 */
public final class ReplicaElection {
    /** @see "Mimir's distributor.ha-tracker.failover-timeout" */
    public static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    /** Two scrapes a minute apart, one of them missed; a sender that is heard and brings nothing would else keep out the one that does. */
    public static final Duration LONGEST_FRUITLESS = Duration.ofMinutes(2);

    /** One cluster sends to a Trimtab; more are pairs that share its scraping, or names that somebody makes up. */
    public static final int MOST_CLUSTERS = 100;

    private final ReplicaLabels labels;
    private final Map<String, Term> terms = new HashMap<>();
    private long takeovers;
    private long begun;

    /**
     * @param number no other one has it
     * @param broughtAt when it last brought usage; at first, when it began
     */
    private record Term(String replica, long number, Instant heardAt, Instant broughtAt) {
        boolean isOver(Instant now) {
            return Duration.between(heardAt, now).compareTo(LONGEST_SILENCE) >= 0
                    || Duration.between(broughtAt, now).compareTo(LONGEST_FRUITLESS) >= 0;
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
        /** Its replica is the elected one, in a term of that number. */
        record Taken(long term) implements Verdict {}

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
        if (term == null && !hasRoom(now)) return new Verdict.Unpaired();
        if (term != null && term.replica().equals(sender.name())) {
            terms.put(sender.cluster(), new Term(term.replica(), term.number(), now, term.broughtAt()));
            return new Verdict.Taken(term.number());
        }
        if (term != null && !term.isOver(now)) return new Verdict.Dropped();
        if (term != null) takeovers++;
        terms.put(sender.cluster(), new Term(sender.name(), ++begun, now, now));
        return new Verdict.Taken(begun);
    }

    /** Notes that a request which was taken had usage that is kept. */
    synchronized void brought(Replica sender, Instant now) {
        terms.computeIfPresent(
                sender.cluster(),
                (_, term) -> term.replica().equals(sender.name())
                        ? new Term(term.replica(), term.number(), term.heardAt(), now)
                        : term);
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
