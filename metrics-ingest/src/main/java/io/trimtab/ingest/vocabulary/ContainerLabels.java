package io.trimtab.ingest.vocabulary;

/**
 * The labels, or attributes, that say of which container a series is.
 *
 * @see "OpenTelemetry semantic conventions, Resource, Kubernetes"
 */
public record ContainerLabels(String namespace, String pod, String container) {
    public static final ContainerLabels PROMETHEUS = new ContainerLabels("namespace", "pod", "container");
    public static final ContainerLabels OPEN_TELEMETRY =
            new ContainerLabels("k8s.namespace.name", "k8s.pod.name", "k8s.container.name");

    /** As they are called where dots cannot be in a name. */
    ContainerLabels underscored() {
        return new ContainerLabels(Underscores.in(namespace), Underscores.in(pod), Underscores.in(container));
    }
}
