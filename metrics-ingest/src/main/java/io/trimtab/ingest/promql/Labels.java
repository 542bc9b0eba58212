package io.trimtab.ingest.promql;

import io.trimtab.ingest.vocabulary.ContainerLabels;
import java.util.regex.Pattern;

/** What the store calls the labels that name a container. */
public record Labels(String namespace, String pod, String container) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    /** As the kubelet and kube-state-metrics have them. */
    public static final Labels USUAL = new Labels("namespace", "pod", "container");

    public Labels {
        require("namespace", namespace);
        require("pod", pod);
        require("container", container);
        if (namespace.equals(pod) || pod.equals(container) || container.equals(namespace))
            throw new IllegalArgumentException(
                    "labels namespace=%s, pod=%s and container=%s must be three different ones"
                            .formatted(namespace, pod, container));
    }

    /** What a metric's labels are called in a store that calls the usual ones otherwise. */
    static Labels of(ContainerLabels labels, Labels usual) {
        return labels.equals(ContainerLabels.PROMETHEUS)
                ? usual
                : new Labels(labels.namespace(), labels.pod(), labels.container());
    }

    /** As in {@code max by (...)}. */
    String list() {
        return "%s, %s, %s".formatted(namespace, pod, container);
    }

    private static void require(String role, String name) {
        if (!NAME.matcher(name).matches())
            throw new IllegalArgumentException(
                    "label %s=%s must be letters, digits and underscores".formatted(role, name));
    }
}
