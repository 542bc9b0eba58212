package io.trimtab.forecast.online;

/**
 * Amounts in twelve bits each, two of them in three bytes: nothing, a gap, and {@value #STEPS_PER_DOUBLING} steps to each doubling, so that none is off by more than 0.55 %.
 * A step of another power of two is a whole number of steps away, so that nothing is lost when the unit changes.
 */
final class TwelveBits {
    static final int GAP = 4095;
    private static final int STEPS_PER_DOUBLING = 128;

    /** The largest amount is that of code 4094, 2 to the power of this. */
    private static final int LARGEST_EXPONENT = 16;

    private static final float[] AMOUNTS = amounts();

    private TwelveBits() {}

    private static float[] amounts() {
        float[] amounts = new float[GAP + 1];
        for (int code = 1; code < GAP; code++) {
            int below = GAP - 1 - code;
            int doublings = Math.ceilDiv(below, STEPS_PER_DOUBLING);
            int above = doublings * STEPS_PER_DOUBLING - below;
            float mantissa = (float) StrictMath.pow(2, (double) above / STEPS_PER_DOUBLING);
            amounts[code] = Math.scalb(mantissa, LARGEST_EXPONENT - doublings);
        }
        amounts[GAP] = Float.NaN;
        return amounts;
    }

    static float get(byte[] packed, int index) {
        return AMOUNTS[code(packed, index)];
    }

    /** Rounded up; NaN is a gap, and more than the largest is the largest. */
    static void put(byte[] packed, int index, float amount) {
        int code = Float.isNaN(amount) ? GAP : atLeast(amount);
        int at = index / 2 * 3;
        if (index % 2 == 0) {
            packed[at] = (byte) code;
            packed[at + 1] = (byte) ((packed[at + 1] & 0xF0) | (code >> 8));
        } else {
            packed[at + 1] = (byte) ((packed[at + 1] & 0x0F) | (code << 4));
            packed[at + 2] = (byte) (code >> 4);
        }
    }

    /** Rounded down, so that what covers an amount that was rounded up covers the amount; NaN is a gap. */
    static void putBelow(byte[] packed, int index, float amount) {
        int code = Float.isNaN(amount) ? GAP : atLeast(amount);
        put(packed, index, AMOUNTS[code] > amount ? AMOUNTS[code - 1] : AMOUNTS[code]);
    }

    private static int code(byte[] packed, int index) {
        int at = index / 2 * 3;
        return index % 2 == 0
                ? (packed[at] & 0xFF) | ((packed[at + 1] & 0x0F) << 8)
                : ((packed[at + 1] & 0xF0) >> 4) | ((packed[at + 2] & 0xFF) << 4);
    }

    /** The lowest code of what is no less. */
    private static int atLeast(float amount) {
        int low = 0;
        int high = GAP - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (AMOUNTS[middle] >= amount) high = middle;
            else low = middle + 1;
        }
        return low;
    }
}
