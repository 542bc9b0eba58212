package io.trimtab.service.push;

import java.time.Duration;

/** A path whose requests must be there whole within a time, and whose bodies only we unpack. */
interface TimedDoor {
    String path();

    Duration deadline();

    /** Counts a request that was given up. */
    void slow();

    /** Counts a request that was not let in, since there is no memory for its body. */
    void tooManyBytes();
}
