package io.trimtab.forecast.online;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** What a series knows before it knows anything: the mean of its siblings' hours, at the level of its own first ones. */
final class Siblings {
    private static final int DAY = 24;

    private Siblings() {}

    static void lend(List<State> siblings, State to) {
        List<State> known = siblings.stream()
                .filter(sibling -> sibling.newestHour != State.NEVER && sibling.newestHour - sibling.firstHour >= DAY)
                .toList();
        if (known.isEmpty()) return;
        int newest =
                known.stream().mapToInt(sibling -> sibling.newestHour).max().orElseThrow();
        int first = Math.max(
                known.stream().mapToInt(sibling -> sibling.firstHour).min().orElseThrow(), newest - State.HOURS + 1);
        double largest = 0;
        for (State sibling : known)
            for (int i = 0; i < State.HOURS; i++) largest = Math.max(largest, sibling.outward(sibling.peak(i)));
        if (largest > 0) to.inward(largest);
        for (int hour = first; hour <= newest; hour++) {
            int at = hour;
            to.putHour(
                    hour,
                    mean(known, sibling -> kept(sibling, at) ? sibling.mean(at) : Float.NaN, to),
                    mean(known, sibling -> kept(sibling, at) ? sibling.peak(at) : Float.NaN, to));
        }
        to.firstHour = first;
        to.newestHour = newest;
    }

    private static boolean kept(State sibling, int hour) {
        return hour >= sibling.firstHour && hour <= sibling.newestHour && hour > sibling.newestHour - State.HOURS;
    }

    private static float mean(List<State> siblings, ToDoubleFunction<State> amount, State to) {
        double sum = 0;
        int count = 0;
        for (State sibling : siblings) {
            double value = amount.applyAsDouble(sibling);
            if (Double.isNaN(value)) continue;
            sum += sibling.outward(value) / siblings.size();
            count++;
        }
        return count == 0 ? Float.NaN : to.inward(sum * siblings.size() / count);
    }

    /** While a week of its own is not known, each hour is set beside that of the siblings a week or a day before. */
    static void compare(State state, int hour) {
        if (state.firstHour >= state.ownSince || hour - state.ownSince >= State.WEEK) return;
        for (int back : new int[] {State.WEEK, DAY}) {
            if (hour - back >= state.ownSince || hour - back < state.firstHour) continue;
            float lent = state.mean(hour - back);
            if (Float.isNaN(lent)) continue;
            state.floats[State.OWN_AND_BORROWED] += state.hourMean;
            state.floats[State.OWN_AND_BORROWED + 1] += lent;
            return;
        }
    }
}
