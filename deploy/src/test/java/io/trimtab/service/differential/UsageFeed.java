package io.trimtab.service.differential;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Serves {@code metrics.k8s.io} to one reader, which reads once a cycle: each reading gives what has been put there since, and nothing where nothing was. Several samples of a pod may
 * lie in one reading, oldest first, so that days pass in seconds.
 */
final class UsageFeed {
    private static final String PATH = "/apis/metrics.k8s.io/v1beta1";
    private static final long LONGEST_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private List<ObjectNode> waiting = List.of();
    private int readings;

    synchronized Optional<String> answer(URI uri) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        if (uri.getPath().equals(PATH)) {
            list.put("kind", "APIResourceList").put("apiVersion", "v1").put("groupVersion", "metrics.k8s.io/v1beta1");
            list.putArray("resources");
            return Optional.of(list.toString());
        }
        if (!uri.getPath().endsWith("/pods")) return Optional.empty();
        list.put("kind", "PodMetricsList").put("apiVersion", "metrics.k8s.io/v1beta1");
        list.putObject("metadata");
        list.putArray("items").addAll(waiting);
        waiting = List.of();
        readings++;
        notifyAll();
        return Optional.of(list.toString());
    }

    /** Returns when the cycle that read this is over, because the next one reads. */
    synchronized void feed(List<ObjectNode> samples) throws InterruptedException {
        waiting = samples;
        awaitReadings(2);
    }

    /** Returns after so many more readings. */
    synchronized void awaitReadings(int more) throws InterruptedException {
        int wanted = readings + more;
        long left = LONGEST_MILLIS;
        while (readings < wanted) {
            if (left <= 0) throw new AssertionError("nobody has read the metrics for a minute");
            long before = System.nanoTime();
            wait(left);
            left -= TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
        }
    }
}
