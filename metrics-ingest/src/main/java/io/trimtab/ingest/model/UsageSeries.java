package io.trimtab.ingest.model;

import java.time.Duration;
import java.util.Arrays;

/**
 * What one container used of one resource, sample by sample. A gap is an absent sample.
 *
 * @param atSeconds n moments in seconds since the epoch, strictly ascending
 * @param amounts n samples in the resource's unit (cores, bytes), finite, never negative
 * @param spreadOver what was used is spread over so long before each moment, also where the container began within it, as a rate of its counter is; zero where a sample is the mean of
 *     what there was
 */
public record UsageSeries(
        ContainerId container, Resource resource, long[] atSeconds, double[] amounts, Duration spreadOver) {
    /** Of rates, as they are asked for and made of pushed counters where nobody says otherwise. */
    public static final Duration RATE_WINDOW = Duration.ofMinutes(5);

    /** Of rates. */
    public UsageSeries(ContainerId container, Resource resource, long[] atSeconds, double[] amounts) {
        this(container, resource, atSeconds, amounts, RATE_WINDOW);
    }

    public UsageSeries {
        if (spreadOver.isNegative())
            throw new IllegalArgumentException("%s is spread over %s".formatted(container, spreadOver));
        if (atSeconds.length != amounts.length) {
            throw new IllegalArgumentException(
                    "%s has %d moments and %d samples".formatted(container, atSeconds.length, amounts.length));
        }
        atSeconds = atSeconds.clone();
        amounts = amounts.clone();
        for (int i = 0; i < amounts.length; i++) {
            if (!(amounts[i] >= 0 && amounts[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "sample %d (%s) of %s must be finite and >= 0".formatted(i, amounts[i], container));
            }
            if (i > 0 && atSeconds[i] <= atSeconds[i - 1]) {
                throw new IllegalArgumentException("moments of %s must ascend at sample %d".formatted(container, i));
            }
        }
    }

    public int size() {
        return amounts.length;
    }

    /** Whether they hold the same samples, however these were made. */
    @Override
    public boolean equals(Object other) {
        return other instanceof UsageSeries that
                && container.equals(that.container)
                && resource == that.resource
                && Arrays.equals(atSeconds, that.atSeconds)
                && Arrays.equals(amounts, that.amounts);
    }

    @Override
    public int hashCode() {
        return container.hashCode() * 31 + resource.hashCode();
    }

    @Override
    public String toString() {
        return "%s %s: %d samples".formatted(container, resource, size());
    }
}
