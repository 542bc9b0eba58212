package io.trimtab.service.differential;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Counts decisions as they are compared. */
final class Tally {
    private final CountDownLatch wanted;
    private final Map<String, Integer> kinds = new TreeMap<>();
    private final List<String> edges = new ArrayList<>();
    private final List<String> differences = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();
    private int same;

    /** @param decisions after which it is enough */
    Tally(int decisions) {
        wanted = new CountDownLatch(decisions);
    }

    synchronized void same(String kind) {
        same++;
        kinds.merge(kind, 1, Integer::sum);
        wanted.countDown();
    }

    /** Other than ours, but as ours would be a moment earlier or later. */
    synchronized void edge(String what) {
        edges.add(what);
        wanted.countDown();
    }

    synchronized void different(String what) {
        differences.add(what);
    }

    /** A workload that could not be followed further, since a reading did not reach the test. */
    synchronized void lost(String what) {
        lost.add(what);
    }

    boolean await(Duration longest) throws InterruptedException {
        return wanted.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    synchronized int decisions() {
        return same + edges.size() + differences.size();
    }

    synchronized List<String> edges() {
        return List.copyOf(edges);
    }

    synchronized List<String> differences() {
        return List.copyOf(differences);
    }

    synchronized List<String> lost() {
        return List.copyOf(lost);
    }

    @Override
    public synchronized String toString() {
        return "%d decisions compared: %d the same %s, %d on the edge of a time window, %d different; %d workloads lost"
                .formatted(decisions(), same, kinds, edges.size(), differences.size(), lost.size());
    }
}
