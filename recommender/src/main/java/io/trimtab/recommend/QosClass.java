package io.trimtab.recommend;

/** What Kubernetes makes of a pod's requests and limits when a node runs short. */
public enum QosClass {
    GUARANTEED("Guaranteed"),
    BURSTABLE("Burstable"),
    BEST_EFFORT("BestEffort");

    private final String label;

    QosClass(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
