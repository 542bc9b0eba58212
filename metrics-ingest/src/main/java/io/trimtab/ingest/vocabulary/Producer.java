package io.trimtab.ingest.vocabulary;

/** Who gives a metric its name. */
public enum Producer {
    CADVISOR("cAdvisor, in the kubelet", ContainerLabels.PROMETHEUS),
    KUBE_STATE_METRICS("kube-state-metrics", ContainerLabels.PROMETHEUS),
    KUBELET_STATS("the OpenTelemetry collector's kubeletstats receiver", ContainerLabels.OPEN_TELEMETRY),
    K8S_CLUSTER("the OpenTelemetry collector's k8s_cluster receiver", ContainerLabels.OPEN_TELEMETRY),
    SEMANTIC_CONVENTIONS("OpenTelemetry's semantic conventions", ContainerLabels.OPEN_TELEMETRY);

    private final String words;
    private final ContainerLabels labels;

    Producer(String words, ContainerLabels labels) {
        this.words = words;
        this.labels = labels;
    }

    public String words() {
        return words;
    }

    /** As the producer itself writes them. */
    public ContainerLabels labels() {
        return labels;
    }
}
