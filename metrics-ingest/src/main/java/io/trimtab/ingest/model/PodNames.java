package io.trimtab.ingest.model;

/** Which pods were a workload's, told by their names: those that are gone have no owner any more. */
public final class PodNames {
    /** Kubernetes cuts a generated name's stem to 58 characters; a ReplicaSet's hash takes up to 10 of them and a hyphen, the pod's own hyphen one. */
    private static final int STEM_KEPT_WHOLE = 46;

    /** A revision's Deployment ends in {@code -00001-deployment}, so that its pods' stem has room for as much of the service's name. */
    private static final int SERVICE_KEPT_WHOLE = 40;

    /** What Knative keeps of a longer name, before a hash of it. */
    private static final int SERVICE_KEPT = 20;

    private PodNames() {}

    /**
     * The names that a workload's pods have had, as an RE2 expression. Narrow by kind, so that {@code web} does not take the pods of {@code web-api}.
     *
     * @see "Kubernetes documentation, each workload kind's section on pod names; apiserver pkg/storage/names for the five random characters"
     * @see "knative/pkg kmeta.ChildName for the names of Deployments"
     */
    public static String of(WorkloadId workload) {
        String name = workload.name();
        boolean knative = workload.kind().equals("Service") || workload.kind().equals("Configuration");
        if (knative && name.length() > SERVICE_KEPT_WHOLE) return literal(name.substring(0, SERVICE_KEPT)) + ".*";
        if (name.length() > STEM_KEPT_WHOLE) return literal(name.substring(0, STEM_KEPT_WHOLE)) + ".*";
        String suffix = switch (workload.kind()) {
            case "Deployment" -> "-[a-z0-9]+-[a-z0-9]{5}";
            case "StatefulSet" -> "-[0-9]+";
            case "DaemonSet", "ReplicaSet", "ReplicationController" -> "-[a-z0-9]{5}";
            case "Job" -> "-([0-9]+-)?[a-z0-9]{5}";
            case "CronJob" -> "-[0-9]+-([0-9]+-)?[a-z0-9]{5}";
            case "Service", "Configuration" -> "-[^-]+-deployment-.*"; // Knative's
            default -> "-.*";
        };
        return literal(name) + suffix;
    }

    /** A name as an RE2 expression that takes it alone. */
    public static String literal(String text) {
        return text.replaceAll("[^A-Za-z0-9_-]", "\\\\$0");
    }
}
