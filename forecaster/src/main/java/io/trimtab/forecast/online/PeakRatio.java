package io.trimtab.forecast.online;

/**
 * By how much the highest minute of an hour is above the hour's mean, in one byte: 60 times at most, as an hour has no more minutes. The steps are a thousandth of the mean where a peak is
 * near to it, and up to 3 % of what lies above it.
 */
final class PeakRatio {
    private static final int COUNT = 256;
    private static final double FINEST = 0.001;
    private static final double GROWTH = 0.03;
    private static final float[] RATIOS = ratios();

    private PeakRatio() {}

    private static float[] ratios() {
        float[] ratios = new float[COUNT];
        for (int code = 0; code < COUNT; code++)
            ratios[code] = (float) (1 + FINEST / GROWTH * StrictMath.expm1(GROWTH * code));
        return ratios;
    }

    /** The lowest that is no less; the largest for what is above it. */
    static byte code(float mean, float peak) {
        int low = 0;
        int high = COUNT - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (mean * RATIOS[middle] >= peak) high = middle;
            else low = middle + 1;
        }
        return (byte) low;
    }

    static float peak(float mean, byte code) {
        return mean * RATIOS[code & 0xFF];
    }
}
