package io.trimtab.forecast.online;

/** The quantiles that are kept. */
public enum Level {
    P50(0, 0.5),
    P80(1, 0.8),
    P90(2, 0.9),
    P95(3, 0.95),
    P99(4, 0.99);

    static final int COUNT = values().length;
    static final Level[] ALL = values();

    public final double probability;

    /** Where it stands in an array of all. */
    public final int index;

    Level(int index, double probability) {
        this.index = index;
        this.probability = probability;
    }
}
