package io.trimtab.forecast.online;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Learns one series sample by sample, in 3.3 KB: four weeks of hourly means and maxima, the last hour by minutes, and the
 * errors of what it said. {@link #refit} is to be called about once an hour; what is asked in between is read off. Not safe for
 * threads.
 *
 * @see "docs/forecasting.md: method and measured accuracy"
 */
public final class OnlineSeries {
    private static final int MINUTES_PER_HOUR = 60;
    private static final long SECONDS_PER_HOUR = 3600;

    private final State state;

    public OnlineSeries() {
        this(new State());
    }

    private OnlineSeries(State state) {
        this.state = state;
    }

    /**
     * Knows the mean of what its siblings know, such as the series of the same image: its level is corrected by its own first hours,
     * and its bounds are wide until it knows a week of its own.
     *
     * @param siblings those that know less than a day are left out
     */
    public static OnlineSeries like(List<OnlineSeries> siblings) {
        OnlineSeries series = new OnlineSeries();
        Siblings.lend(siblings.stream().map(sibling -> sibling.state).toList(), series.state);
        return series;
    }

    /**
     * Takes in a sample. Those of one minute are averaged.
     *
     * @param atSeconds since 1970
     * @return whether it counted: a value that is negative or not finite does not, nor a sample that is not after the newest one
     */
    public boolean add(long atSeconds, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY) || atSeconds <= state.newestSecond) return false;
        if (Math.abs(atSeconds) > Integer.MAX_VALUE * 60L) return false;
        int minute = (int) Math.floorDiv(atSeconds, 60L);
        if (minute != state.minute) Clock.advance(state, minute);
        state.newestSecond = atSeconds;
        float amount = state.inward(value);
        state.minuteSamples++;
        state.minuteMean += (amount - state.minuteMean) / state.minuteSamples;
        return true;
    }

    /** Whether an hour has ended since the last refit and enough is known for one. */
    public boolean due() {
        return state.newestHour != state.fittedHour
                && state.newestHour != State.NEVER
                && state.newestHour - state.firstHour + 1 >= Refit.LEAST_HOURS;
    }

    /** The newest hour that the paths were fitted to, since 1970; before the first fit lower than any. */
    public int fittedHour() {
        return state.fittedHour;
    }

    /** Fits the paths anew, of a series of which nothing is known but its samples; does nothing unless {@link #due}. */
    public void refit() {
        refit(Occasions.NONE);
    }

    /** Fits the paths anew; does nothing unless {@link #due}. */
    public void refit(Occasions occasions) {
        if (!due()) return;
        Refit.refit(state, occasions);
        // Nothing of this hour is known yet, so it may be said anew.
        if (!isEmpty() && state.hourMinutes == 0) Clock.say(state);
    }

    public boolean isEmpty() {
        return state.minute == State.NEVER;
    }

    /**
     * From the newest sample on; without any, all zero.
     *
     * @param horizon at least a minute is taken; beyond a week the season repeats
     */
    public Outlook forecast(Duration horizon) {
        if (isEmpty()) return new Outlook(new double[Level.COUNT], new double[Level.COUNT]);
        return new Sight(state, true).at(horizon);
    }

    public Accuracy accuracy() {
        return Judge.accuracy(state);
    }

    /** The means of the hours that are over, oldest first, at most four weeks; NaN is a gap. */
    public double[] hours() {
        return hours(state::mean);
    }

    /** The highest minutes of the same hours. */
    public double[] maxima() {
        return hours(state::peak);
    }

    private double[] hours(ByHour kept) {
        if (state.newestHour == State.NEVER) return new double[0];
        int count = Math.min(State.HOURS, state.newestHour - state.firstHour + 1);
        double[] hours = new double[count];
        for (int i = 0; i < count; i++) {
            float amount = kept.amount(state.newestHour - count + 1 + i);
            hours[i] = Float.isNaN(amount) ? Double.NaN : state.outward(amount);
        }
        return hours;
    }

    /** What was said of the last three days' hours, each when it began, oldest first; those of which nothing was said are left out, the last one still runs. */
    public List<HourAhead> said() {
        List<HourAhead> said = new ArrayList<>();
        if (isEmpty()) return said;
        int now = Math.floorDiv(state.minute, MINUTES_PER_HOUR);
        for (int hour = now - State.SAID_HOURS + 1; hour <= now; hour++) {
            float median = state.saidMedian(hour);
            if (Float.isNaN(median)) continue;
            said.add(
                    new HourAhead(SECONDS_PER_HOUR * hour, state.outward(median), state.outward(state.saidHigh(hour))));
        }
        return said;
    }

    /** The moment of the newest sample, in seconds since 1970; of no meaning without one. */
    public long newestSeconds() {
        return state.newestSecond;
    }

    /** When the newest of {@link #hours} began, in seconds since 1970. */
    public long newestHourSeconds() {
        return SECONDS_PER_HOUR * state.newestHour;
    }

    /** To the last bit. */
    public void write(StateWriter to) {
        state.write(to);
    }

    /** @throws IllegalArgumentException if the bytes hold no such state */
    public static OnlineSeries read(StateReader from) {
        return new OnlineSeries(State.read(from));
    }
}
