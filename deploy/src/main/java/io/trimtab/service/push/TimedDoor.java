package io.trimtab.service.push;

import io.netty.handler.codec.http.HttpResponseStatus;
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

    /**
     * What a refusal says, in the form of the door's other answers.
     *
     * @param contentType of the request; empty when it named none
     */
    Body refusal(HttpResponseStatus status, String detail, String contentType);

    /** @param bytes are not copied; nobody may change them */
    record Body(String contentType, byte[] bytes) {}
}
