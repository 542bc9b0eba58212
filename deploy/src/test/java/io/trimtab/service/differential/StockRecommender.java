package io.trimtab.service.differential;

import io.trimtab.service.testbed.Binaries;
import io.trimtab.service.testbed.Testbed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The recommender of the Vertical Pod Autoscaler as a process, with its defaults but for the pace. */
final class StockRecommender implements AutoCloseable {
    private static final int TRIES = 600;

    private final Process process;
    private final Path log;

    private StockRecommender(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static StockRecommender start(Binaries binaries, Testbed testbed, Path log) throws IOException {
        Process process = new ProcessBuilder(
                        binaries.program("vpa-recommender").toString(),
                        "--kubeconfig=" + testbed.kubeconfig(),
                        "--vpa-object-namespace=" + testbed.namespace(),
                        "--recommender-interval=500ms",
                        "--kube-api-qps=500",
                        "--kube-api-burst=1000",
                        "--address=127.0.0.1:0",
                        "--v=3")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new StockRecommender(process, log);
    }

    /** Returns when it has taken notice of so many OOM kills since it was started. */
    void awaitKills(long count) throws IOException {
        for (int i = 0; kills() < count; i++) {
            if (i == TRIES || !process.isAlive())
                throw new AssertionError("%d of %d kills are in %s".formatted(kills(), count, log));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private long kills() throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("\"OOM detected\"")).count();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
    }
}
