package io.trimtab.service.push;

import java.time.Duration;

/** A path whose requests must be there whole within a time and within a size, and whose bodies only we unpack. */
interface TimedDoor {
    String path();

    Duration deadline();

    /** That a body may have. */
    long mostBytes();

    /** Counts a request that was given up. */
    void slow();

    /** Counts a request that turned out to be too large while it came. */
    void tooLarge();
}
