package io.trimtab.ingest.remotewrite;

import io.trimtab.ingest.pushed.PushedSeries;
import org.jspecify.annotations.Nullable;

/**
 * What the labels of recent series came to, by a fingerprint of their bytes as they were written: a sender writes the same bytes for a series each time, and
 * reading them label by label takes most of the time of a sample. Each has two places side by side; a newer one takes the place of an older.
 */
final class Recognised {
    /** Of 262,144 places, 15 MB when all are taken. */
    private static final int PLACES = 1 << 18;

    private final @Nullable Labels[] places = new Labels[PLACES];

    /**
     * @param rawHigh of the bytes
     * @param metric the place of its name among those that are wanted
     * @param high of the series
     * @param keptIn where its samples went
     */
    record Labels(long rawHigh, long rawLow, int metric, long high, long low, PushedSeries keptIn) {
        private boolean isOf(long otherHigh, long otherLow) {
            return rawHigh == otherHigh && rawLow == otherLow;
        }
    }

    /** Several threads may look and put at once: what they see is whole, since it never changes. */
    @Nullable
    Labels find(long rawHigh, long rawLow) {
        int place = (int) rawLow & (PLACES - 1);
        Labels there = places[place];
        if (there != null && there.isOf(rawHigh, rawLow)) return there;
        Labels beside = places[place ^ 1];
        return beside != null && beside.isOf(rawHigh, rawLow) ? beside : null;
    }

    void put(Labels labels) {
        int place = (int) labels.rawLow & (PLACES - 1);
        Labels there = places[place];
        boolean another = there != null && !there.isOf(labels.rawHigh, labels.rawLow);
        places[another ? place ^ 1 : place] = labels;
    }
}
