package io.trimtab.ingest.pushed;

import io.trimtab.ingest.model.ContainerId;

/** One series as a decoder met it. Valid during the call that it is given to: the decoder reuses it for the next. */
public interface IncomingSeries {
    /** Of a sender that is not one of several which send the same series. */
    long NO_TERM = 0;

    PushedMetric metric();

    /** With {@link #lowFingerprint}: 128 bits that stand for all labels, so that two series of one container are told apart. */
    long highFingerprint();

    long lowFingerprint();

    /**
     * Of several senders of the same series one is listened to for a while: the number of that while. In each a series goes on where it ended in the one before,
     * so that what the next sender has of moments that are there already makes no counter fall.
     */
    default long term() {
        return NO_TERM;
    }

    /** Made anew at each call; asked for when the series is seen for the first time. */
    ContainerId container();

    int size();

    /** Milliseconds since the epoch. */
    long atMillis(int index);

    /** As it was sent: perhaps not finite, perhaps {@link PushedSamples#isStaleMarker a stale marker}. */
    double amount(int index);
}
