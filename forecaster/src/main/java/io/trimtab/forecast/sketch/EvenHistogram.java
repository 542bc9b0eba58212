package io.trimtab.forecast.sketch;

/** How weight is spread over buckets, evenly within each. Nobody changes it. */
public final class EvenHistogram {
    private final Buckets buckets;
    private final int first;
    private final double[] weights;
    private final double total;

    /** @param weights of the buckets from {@code first} on, each finite and >= 0; not copied */
    EvenHistogram(Buckets buckets, int first, double[] weights) {
        this.buckets = buckets;
        this.first = first;
        this.weights = weights;
        double sum = 0;
        for (double weight : weights) sum += weight;
        this.total = sum;
    }

    public boolean isEmpty() {
        return total == 0;
    }

    /**
     * @param probability in 0..1; beyond acts as the nearer end
     * @return where that share of the weight lies below; 0 when empty
     */
    public double quantile(double probability) {
        double rank = Math.clamp(probability, 0, 1) * total;
        double below = 0;
        double highest = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] == 0) continue;
            double start = buckets.start(first + i);
            highest = buckets.end(first + i);
            if (below + weights[i] >= rank) return start + (highest - start) * (rank - below) / weights[i];
            below += weights[i];
        }
        return highest;
    }

    /** The share of the weight, 0..1, above {@code amount}; 0 when empty. */
    public double shareAbove(double amount) {
        if (isEmpty()) return 0;
        double above = 0;
        for (int i = 0; i < weights.length; i++) {
            double start = buckets.start(first + i);
            double end = buckets.end(first + i);
            if (start >= amount) above += weights[i];
            else if (end > amount) above += weights[i] * (end - amount) / (end - start);
        }
        return above / total;
    }

    /** Adds its weight, {@code share} in all, to buckets that are counted from {@code from} on. */
    void addTo(double[] sum, int from, double share) {
        if (isEmpty()) return;
        for (int i = 0; i < weights.length; i++) sum[first + i - from] += share * weights[i] / total;
    }

    int first() {
        return first;
    }

    int end() {
        return first + weights.length;
    }
}
