package io.trimtab.forecast.online;

import java.util.Arrays;

/** What came in some of the last minutes; at least one value. */
record Recent(float[] values) {
    /**
     * @param from first minute, within the last {@link State#RECENT}
     * @param to after the last one; of the minutes before it at least one was measured
     */
    static Recent of(State state, int from, int to) {
        float[] values = new float[to - from];
        int count = 0;
        for (int minute = from; minute < to; minute++) {
            float value = state.half(State.minuteSlot(minute));
            if (!Float.isNaN(value)) values[count++] = value;
        }
        return new Recent(Arrays.copyOf(values, count));
    }

    float highest() {
        float highest = values[0];
        for (float value : values) highest = Math.max(highest, value);
        return highest;
    }

    double shareAbove(float quantile) {
        int above = 0;
        for (float value : values) if (value > quantile) above++;
        return (double) above / values.length;
    }

    double meanErrorOf(float said) {
        double error = 0;
        for (float value : values) error += Math.abs(value - said) / values.length;
        return error;
    }
}
