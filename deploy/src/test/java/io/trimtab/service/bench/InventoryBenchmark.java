package io.trimtab.service.bench;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.trimtab.ingest.kubernetes.KubernetesInventory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** How long the inventory takes to list a cluster's pods over loopback, and, printed beside, how much of the heap it holds of them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx1g", "-XX:+UseCompactObjectHeaders"})
@Warmup(iterations = 1)
@Measurement(iterations = 2)
public class InventoryBenchmark {
    @Param({"10000", "100000"})
    public int pods;

    private PodListings server;
    private KubernetesClient client;
    private KubernetesInventory inventory;
    private long before;

    @Setup
    public void serve() throws IOException {
        server = new PodListings(pods);
        Config config =
                new ConfigBuilder(Config.empty()).withMasterUrl(server.url()).build();
        client = new KubernetesClientBuilder().withConfig(config).build();
        client.raw("/version");
    }

    @Setup(Level.Invocation)
    public void prepare() {
        // The one before it goes first.
        inventory = new KubernetesInventory(client, InstantSource.system(), Duration.ofMinutes(5));
        before = held();
    }

    @Benchmark
    public KubernetesInventory list() throws InterruptedException {
        inventory.start();
        while (!inventory.hasSynced()) Thread.sleep(5);
        return inventory;
    }

    @TearDown(Level.Invocation)
    public void measure() {
        long bytes = held() - before;
        int listed =
                inventory.lastKnown(InstantSource.system().instant()).pods().size();
        if (listed != pods) throw new IllegalStateException("%d pods were listed, not %d".formatted(listed, pods));
        System.out.printf("%,d pods hold %,d KiB, %,d bytes each%n", pods, bytes >> 10, bytes / pods);
        inventory.close();
    }

    @TearDown
    public void stop() {
        client.close();
        server.close();
    }

    /** Of the heap, after a collection. */
    private static long held() {
        for (int i = 0; i < 3; i++) System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
