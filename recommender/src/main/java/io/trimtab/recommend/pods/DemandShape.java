package io.trimtab.recommend.pods;

/** How usage moves over time. Which one it is, is decided in this order: leak, growing, seasonal, bursty, flat. */
public enum DemandShape {
    /** None of the others. */
    FLAT,
    /** Repeats itself: hourly means correlate by at least 0.5 with those a day (two days seen) or a week (two weeks seen) earlier, and vary by 10 %. */
    SEASONAL,
    /** The 99th percentile of samples is more than 3 times their median, or they vary by more than their mean. */
    BURSTY,
    /** A line explains at least half of the daily means (hourly ones below 4 days) and rises by at least 20 % of their mean. */
    GROWING,
    /** Memory, restarts taken out, rises as a line that explains at least 80 % of the hourly means, by at least 20 %, while CPU does not grow. */
    LEAK
}
