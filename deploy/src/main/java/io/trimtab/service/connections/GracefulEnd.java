package io.trimtab.service.connections;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.graceful.GracefulShutdownManager;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a server of HTTP once the requests that are under way are answered: without it they would find nothing there to answer them, which is logged as an error. */
public final class GracefulEnd {
    private static final int PATIENCE_SECONDS = 3;

    private GracefulEnd() {}

    /** Takes no more connections, waits for what is under way for 3 s, and closes. */
    public static void of(ApplicationContext server) {
        try {
            server.getBean(GracefulShutdownManager.class)
                    .shutdownGracefully()
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // Whoever has not sent its request by now is cut off.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            server.close();
        }
    }
}
