package io.trimtab.forecast.sketch;

/** What a histogram held at one moment; immutable and as small as what it holds. */
public final class FrozenHistogram {
    private final Buckets buckets;
    private final int min;
    private final double[] weights;
    private final double totalWeight;

    /** @param weights of the buckets from {@code min} on; none when the histogram is empty */
    FrozenHistogram(Buckets buckets, int min, double[] weights, double totalWeight) {
        this.buckets = buckets;
        this.min = min;
        this.weights = weights;
        this.totalWeight = totalWeight;
    }

    public boolean isEmpty() {
        return weights.length == 0;
    }

    /**
     * @param probability in 0..1; beyond acts as the nearer end
     * @return the end of the bucket in which the quantile lies, of the last bucket its start; 0 when empty
     */
    public double quantile(double probability) {
        if (isEmpty()) return 0;
        double threshold = probability * totalWeight;
        double sum = 0;
        int i = 0;
        for (; i < weights.length - 1; i++) {
            sum += weights[i];
            if (sum >= threshold) break;
        }
        return buckets.end(min + i);
    }

    /**
     * The share of the weight, 0..1, in buckets that reach beyond {@code amount}: what may exceed it, up to one bucket's width too much.
     */
    public double shareAbove(double amount) {
        double above = 0;
        double all = 0;
        for (int i = 0; i < weights.length; i++) {
            all += weights[i];
            if (buckets.end(min + i) > amount) above += weights[i];
        }
        return all == 0 ? 0 : above / all;
    }
}
