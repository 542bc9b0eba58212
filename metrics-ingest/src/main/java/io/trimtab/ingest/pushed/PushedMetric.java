package io.trimtab.ingest.pushed;

/**
 * The series that are kept; all others are let go by. Names as cAdvisor and kube-state-metrics give them.
 *
 * @see "Kubernetes documentation, Metrics For Kubernetes System Components; kube-state-metrics docs/metrics/workload/pod-metrics.md"
 */
public enum PushedMetric {
    /** CPU seconds since the container began. */
    CPU("container_cpu_usage_seconds_total", "", ""),
    /** Bytes. */
    MEMORY("container_memory_working_set_bytes", "", ""),
    /** 1 while the container's last end was for memory. */
    KILLED("kube_pod_container_status_last_terminated_reason", "reason", "OOMKilled"),
    /** When the container last ended, in seconds since the epoch. */
    LAST_END("kube_pod_container_status_last_terminated_timestamp", "", ""),
    RESTARTS("kube_pod_container_status_restarts_total", "", ""),
    /** Bytes. */
    MEMORY_REQUEST("kube_pod_container_resource_requests", "resource", "memory");

    private final String metricName;
    private final String label;
    private final String labelValue;

    PushedMetric(String metricName, String label, String labelValue) {
        this.metricName = metricName;
        this.label = label;
        this.labelValue = labelValue;
    }

    public String metricName() {
        return metricName;
    }

    /** The label that must have {@link #labelValue}; empty: none. */
    public String label() {
        return label;
    }

    public String labelValue() {
        return labelValue;
    }
}
