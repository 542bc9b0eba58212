package io.trimtab.recommend.replicas;

/** How far the ratio of measured to target may be from 1, upwards and downwards, before anything changes. */
public record Tolerance(double up, double down) {
    /** The controller's default: a tenth both ways. */
    public static final Tolerance DEFAULT = new Tolerance(0.1, 0.1);

    public Tolerance {
        if (!(up >= 0 && down >= 0))
            throw new IllegalArgumentException("tolerances (up %s, down %s) must be >= 0".formatted(up, down));
    }

    boolean covers(double ratio) {
        return 1.0 - down <= ratio && ratio <= 1.0 + up;
    }

    /** The side on which {@code ratio} lies. */
    double sideOf(double ratio) {
        return ratio < 1.0 ? down : up;
    }
}
