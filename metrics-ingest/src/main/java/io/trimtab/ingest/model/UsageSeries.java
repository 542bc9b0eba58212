package io.trimtab.ingest.model;

import java.util.Arrays;

/**
 * What one container used of one resource, sample by sample. A gap is an absent sample.
 *
 * @param atSeconds n moments in seconds since the epoch, strictly ascending
 * @param amounts n samples in the resource's unit (cores, bytes), finite, never negative
 */
public record UsageSeries(ContainerId container, Resource resource, long[] atSeconds, double[] amounts) {
    public UsageSeries {
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
