package io.trimtab.ingest.metricsapi;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.trimtab.ingest.IngestException.Kind;
import io.trimtab.ingest.pushed.PushedUsage;

/** Why the API gave nothing, and what to do. */
record Complaint(Kind kind, String message) {
    static Complaint of(KubernetesClientException e) {
        return switch (e.getCode()) {
            case 404 ->
                new Complaint(
                        Kind.UNREACHABLE,
                        "nothing is pushed, and the cluster has no metrics.k8s.io; install metrics-server, give"
                                + " --prometheus URL, or " + PushedUsage.HOW_TO_PUSH);
            case 401, 403 ->
                new Complaint(
                        Kind.REJECTED,
                        "nothing is pushed, and metrics.k8s.io may not be read (HTTP %d); grant list on its pods, as the chart does"
                                .formatted(e.getCode()));
            default ->
                new Complaint(
                        Kind.UNREACHABLE,
                        "nothing is pushed, and metrics.k8s.io does not answer (%s); look at the pods of metrics-server, or %s"
                                .formatted(oneLine(String.valueOf(e.getMessage())), PushedUsage.HOW_TO_PUSH));
        };
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= 200 ? line : line.substring(0, 200) + "...";
    }
}
