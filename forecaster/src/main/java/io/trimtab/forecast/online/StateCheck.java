package io.trimtab.forecast.online;

/** Whether bytes that could be read hold what a series can be: from any other state what is not a number could follow. */
final class StateCheck {
    private static final int MOST_HOUR = Integer.MAX_VALUE / 60;

    private StateCheck() {}

    /** @throws IllegalArgumentException if they do not */
    static void check(State state) {
        for (int step = 0; step < State.WEEK; step++) expect("a path", !Float.isNaN(state.path(step)));
        halves(state);
        floats(state);
        for (float amount : new float[] {state.minuteMean, state.hourMean, state.hourPeak})
            expect("an amount", amount >= 0 && amount < Float.POSITIVE_INFINITY);
        expect("a count", state.minuteSamples >= 0 && state.hourMinutes >= 0 && state.judgedHours >= 0);
        expect("its exponent", Math.abs(state.exponent()) <= 1100);
        for (int hour : new int[] {state.firstHour, state.ownSince, state.newestHour, state.fittedHour})
            expect("an hour", hour == State.NEVER || Math.abs((long) hour) <= MOST_HOUR);
        boolean begun = state.minute != State.NEVER;
        expect("its minute", !begun || Math.floorDiv(state.newestSecond, 60L) == state.minute);
        expect("its first sample", begun || state.newestSecond == Long.MIN_VALUE);
        expect("its first hour", state.firstHour != State.NEVER || (!begun && state.newestHour == State.NEVER));
        if (!begun) return;
        int hour = Math.floorDiv(state.minute, 60);
        expect("its hours", state.ownSince <= hour && state.newestHour < hour && state.fittedHour < hour);
        expect("its newest hour", state.newestHour == State.NEVER || state.newestHour >= state.firstHour - 1);
    }

    private static void halves(State state) {
        for (int i = 0; i < State.HALVES; i++) {
            float amount = state.half(i);
            boolean mayBeGap = i >= State.MINUTES;
            boolean sound = amount >= 0 && amount < Float.POSITIVE_INFINITY;
            expect("an amount", sound || (mayBeGap && Float.isNaN(amount)));
        }
    }

    private static void floats(State state) {
        for (int i = 0; i < State.FLOATS; i++) {
            float number = state.floats[i];
            boolean mayBeUnsaid = i >= State.PENDING_OF_LAST && i < State.OWN_AND_BORROWED;
            boolean isSize = (i >= State.ERROR_UNITS && i < State.ERRORS_OF_HIGHEST)
                    || i == State.UNIT_OF_HIGHEST
                    || (i >= State.VALUE_UNIT && i < State.HOUR_SHIFTS)
                    || i >= State.FURTHER_FACTORS;
            expect("a number", (mayBeUnsaid && Float.isNaN(number)) || Float.isFinite(number));
            expect("a size", !isSize || number >= 0);
        }
    }

    private static void expect(String what, boolean sound) {
        if (!sound)
            throw new IllegalArgumentException("the bytes of a series are damaged: %s cannot be".formatted(what));
    }
}
