package io.trimtab.service.bench;

import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.ingest.remotewrite.Payload;
import io.trimtab.ingest.remotewrite.RemoteWrite;
import io.trimtab.ingest.remotewrite.ReplicaElection;
import io.trimtab.ingest.remotewrite.ReplicaLabels;
import io.trimtab.ingest.remotewrite.WriteAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Unpacking, decoding and keeping samples of 60,000 series, without the network; the figure is of one sample. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx2g", "-XX:+UseCompactObjectHeaders", "--sun-misc-unsafe-memory-access=allow"})
@Warmup(iterations = 10)
@Measurement(iterations = 20)
public class RemoteWriteBenchmark {
    private static final int SERIES = 60_000;
    private static final int ROUNDS = 4;

    private final Traffic traffic = new Traffic(SERIES);
    private Instant now = Instant.parse("2026-11-02T00:00:00Z");
    private final PushedSamples samples = new PushedSamples(2 * SERIES);
    private final RemoteWrite door = new RemoteWrite(samples, () -> now, new ReplicaElection(ReplicaLabels.USUAL));
    private List<byte[]> requests = List.of();

    @Setup(Level.Invocation)
    public void send() {
        requests = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            now = now.plusMillis(Traffic.ROUND_MILLIS);
            requests.addAll(traffic.round(now.toEpochMilli()));
        }
    }

    @Benchmark
    @OperationsPerInvocation(SERIES * ROUNDS)
    public long write() throws InterruptedException {
        long kept = 0;
        for (byte[] request : requests) {
            WriteAnswer answer = door.write(Payload.VERSION_1, "snappy", request);
            if (!(answer instanceof WriteAnswer.Written(var received)))
                throw new IllegalStateException("not taken: " + answer);
            kept += received.samples().accepted();
        }
        return kept;
    }
}
