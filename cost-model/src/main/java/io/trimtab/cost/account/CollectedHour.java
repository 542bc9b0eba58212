package io.trimtab.cost.account;

import java.time.Instant;
import java.util.List;

/**
 * An hour that is not over, as far as it was collected: what must survive the end of the process so that the next one goes on.
 *
 * @param hour its start
 * @param millis of it that are counted, whether or not a node ran
 * @param last what was seen last, at its end so far
 */
public record CollectedHour(Instant hour, long millis, List<Node> nodes, Observation last) {
    public CollectedHour {
        nodes = List.copyOf(nodes);
    }

    /** @param millis of it that are counted */
    public record Node(
            Observation.Node node, Instant start, Instant end, long millis, long carriedMillis, List<PodTally> pods) {
        public Node {
            pods = List.copyOf(pods);
        }
    }
}
