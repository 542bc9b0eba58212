package io.trimtab.actuate.guard;

import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Namespace;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the guards look at beside their own history.
 *
 * @param mode in force for the workload
 * @param paused whether the workload, its namespace or its policy carries {@code trimtab.io/pause: "true"}
 * @param workloadPods pods of the workload
 * @param clusterPods pods of the cluster
 */
public record Situation(Mode mode, boolean paused, int workloadPods, int clusterPods) {
    public static final String PAUSE = "trimtab.io/pause";
    public static final String MODE = "trimtab.io/mode";

    /**
     * Reads it off the snapshot. The annotations of the workload or of its namespace pause it; the workload's own may lower the mode. A mode that
     * is no mode lowers it to Observe, since somebody wanted less and a typing error must not give more.
     *
     * @param granted the mode that the policy grants
     */
    public static Situation of(ClusterSnapshot snapshot, WorkloadId workload, Mode granted) {
        Map<String, String> annotations = snapshot.workloads().stream()
                .filter(it -> it.id().equals(workload))
                .findFirst()
                .map(Workload::annotations)
                .orElse(Map.of());
        Map<String, String> ofNamespace = snapshot.namespaces().stream()
                .filter(it -> it.name().equals(workload.namespace()))
                .findFirst()
                .map(Namespace::annotations)
                .orElse(Map.of());
        Mode own =
                Optional.ofNullable(annotations.get(MODE)).map(Situation::mode).orElse(granted);
        int pods = count(snapshot, pod -> pod.owner().filter(workload::equals).isPresent());
        return new Situation(
                own.compareTo(granted) < 0 ? own : granted,
                pauses(annotations) || pauses(ofNamespace),
                pods,
                count(snapshot, _ -> true));
    }

    private static boolean pauses(Map<String, String> annotations) {
        return "true".equalsIgnoreCase(annotations.getOrDefault(PAUSE, "").strip());
    }

    private static Mode mode(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "apply" -> Mode.APPLY;
            case "recommend" -> Mode.RECOMMEND;
            default -> Mode.OBSERVE;
        };
    }

    private static int count(ClusterSnapshot snapshot, Predicate<Pod> which) {
        return Math.toIntExact(
                snapshot.pods().stream().filter(Pod::occupiesNode).filter(which).count());
    }
}
