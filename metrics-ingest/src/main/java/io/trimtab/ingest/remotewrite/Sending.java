package io.trimtab.ingest.remotewrite;

import io.trimtab.ingest.pushed.IncomingSeries;
import io.trimtab.ingest.remotewrite.ReplicaElection.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Who sends a request, and what that means for its series. The labels of the first series tell: a Prometheus gives its external labels to all, and looking at
 * each would cost those senders that have no pair.
 */
final class Sending implements LabelReader {
    private final ReplicaElection election;
    private final byte[] bytes;
    private final Instant now;
    private final byte[] replicaLabel;
    private final byte[] clusterLabel;
    private String replica = "";
    private String cluster = "";

    /** Empty while the first series was not looked at, and when it names no replica. */
    private Optional<Replica> sender = Optional.empty();

    private boolean known;
    private boolean dropped;
    private long term = IncomingSeries.NO_TERM;

    /** @param bytes in which all offsets are */
    Sending(ReplicaElection election, byte[] bytes, Instant now) {
        this.election = election;
        this.bytes = bytes;
        this.now = now;
        this.replicaLabel = election.labels().replica().getBytes(StandardCharsets.UTF_8);
        this.clusterLabel = election.labels().cluster().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the labels of the first series have been read. */
    boolean isKnown() {
        return known;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void passedOver() {}

    @Override
    public void tooLong() {}

    @Override
    public void label(int nameStart, int nameEnd, long nameHash, int valueStart, int valueEnd, long valueHash) {
        // A longer one has its series refused.
        if (valueEnd - valueStart > DecodedSeries.LONGEST_VALUE) return;
        if (is(replicaLabel, nameStart, nameEnd)) replica = text(valueStart, valueEnd);
        else if (is(clusterLabel, nameStart, nameEnd)) cluster = text(valueStart, valueEnd);
    }

    /** To be called after the labels of the first series. */
    void decide() {
        known = true;
        if (replica.isEmpty()) return;
        Replica named = new Replica(cluster, replica);
        switch (election.hear(named, now)) {
            case Verdict.Taken(long number) -> {
                sender = Optional.of(named);
                term = number;
            }
            case Verdict.Dropped() -> dropped = true;
            case Verdict.Unpaired() -> {}
        }
    }

    /** Whether another replica is listened to. */
    boolean isDropped() {
        return dropped;
    }

    /** Whether the label of the replica is no part of its series, which are those of the whole cluster. */
    boolean isElected() {
        return sender.isPresent();
    }

    /** As the series that it brings have it. */
    long term() {
        return term;
    }

    boolean isReplicaLabel(int nameStart, int nameEnd) {
        return is(replicaLabel, nameStart, nameEnd);
    }

    void broughtUsage() {
        sender.ifPresent(it -> election.brought(it, now));
    }

    private boolean is(byte[] wanted, int from, int to) {
        return Arrays.equals(wanted, 0, wanted.length, bytes, from, to);
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
