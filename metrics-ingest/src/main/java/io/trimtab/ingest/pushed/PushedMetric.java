package io.trimtab.ingest.pushed;

/** What a series tells of a container. Series that tell something else are let go by. */
public enum PushedMetric {
    /** CPU seconds since the container began. */
    CPU,
    /** Cores, averaged by the sender over some seconds; counts where there is no counter. */
    CPU_CORES,
    /** Bytes. */
    MEMORY,
    /** Above 0 while the container's last end was for memory. */
    KILLED,
    /** When the container last ended, in seconds since the epoch. */
    LAST_END,
    RESTARTS,
    /** Bytes. */
    MEMORY_REQUEST;

    public boolean isUsage() {
        return switch (this) {
            case CPU, CPU_CORES, MEMORY -> true;
            case KILLED, LAST_END, RESTARTS, MEMORY_REQUEST -> false;
        };
    }
}
