package io.trimtab.forecast;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;

/** One whose state outlives the process: it gives all that it has learned and takes it back. */
public interface RememberingForecaster extends Forecaster {
    /** Of what {@link #save} gives; to be kept beside it. */
    int stateVersion();

    /** Leaves itself as it is. */
    void save(StateWriter to);

    /**
     * Forgets what it knows and goes on where the one that saved ended.
     *
     * @param version of what was saved; the present one and those before it are known
     * @throws IllegalArgumentException if the version is not known, or the bytes are no such state; then nothing has changed
     */
    void restore(int version, StateReader from);
}
