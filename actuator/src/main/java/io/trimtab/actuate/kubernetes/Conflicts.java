package io.trimtab.actuate.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One write that is tried again after a look at the object whenever somebody else's came between. The pauses grow, as a controller writes
 * its object's status several times within a second of a change of the object.
 */
final class Conflicts {
    /** With the pauses in between, 0.6 to 0.9 s. */
    private static final int TRIES = 7;

    private static final long FIRST_PAUSE_MILLIS = 10;

    private int tried;

    /** @throws KubernetesClientException the refusal itself, where it is no conflict or was tried often enough */
    void again(KubernetesClientException refusal) {
        tried++;
        if (refusal.getCode() != HttpURLConnection.HTTP_CONFLICT || tried == TRIES) throw refusal;
        long pause = FIRST_PAUSE_MILLIS << (tried - 1);
        // Two that write the same object are not to meet again at each try.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                pause + ThreadLocalRandom.current().nextLong(pause / 2)));
    }
}
