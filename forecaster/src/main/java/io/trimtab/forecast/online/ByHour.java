package io.trimtab.forecast.online;

/** One of the amounts that a {@link State} keeps of each hour; NaN is a gap. */
interface ByHour {
    float amount(int hour);
}
