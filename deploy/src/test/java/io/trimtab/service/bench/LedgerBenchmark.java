package io.trimtab.service.bench;

import io.trimtab.cost.account.ClosedHour;
import io.trimtab.cost.account.HourCollector;
import io.trimtab.cost.allocation.AllocationRequest.ComponentRatio;
import io.trimtab.cost.allocation.AllocationRequest.Grouping;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.ledger.Account;
import io.trimtab.cost.ledger.AccountFilter;
import io.trimtab.cost.ledger.AccountQuery;
import io.trimtab.cost.ledger.Ledger;
import io.trimtab.service.testbed.PrometheusServer;
import io.trimtab.service.view.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes hours of a {@link LedgerFleet} and sums them up. Run by {@code bin/ledger}; its arguments are how many pods and days. */
final class LedgerBenchmark {
    private static final Instant START = Instant.parse("2026-10-01T00:00:00Z");
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final int REPETITIONS = 40;

    private LedgerBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 2 && arguments[0].equals("read")) {
            read(Path.of(arguments[1]));
            return;
        }
        int pods = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 25_000;
        int days = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 30;
        Path folder = Files.createTempDirectory("trimtab-ledger-");
        try {
            write(folder, pods, days);
            Process reader = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-Xmx256m",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            LedgerBenchmark.class.getName(),
                            "read",
                            folder.toString())
                    .inheritIO()
                    .start();
            if (reader.waitFor() != 0) throw new IllegalStateException("the reader ended with " + reader.exitValue());
        } finally {
            PrometheusServer.delete(folder);
        }
    }

    private static void write(Path folder, int pods, int days) throws Exception {
        LedgerFleet fleet = new LedgerFleet(1, pods, START);
        HourCollector collector =
                new HourCollector(ComponentRatio.DEFAULT, new HourCollector.Limits(EVERY, Duration.ofHours(3)));
        long collecting = 0;
        long writing = 0;
        long rows = 0;
        try (Ledger ledger = Ledger.open(folder, Ledger.Settings.USUAL)) {
            Instant end = START.plus(Duration.ofDays(days));
            for (Instant now = START; !now.isAfter(end); now = now.plus(EVERY)) {
                var seen = fleet.at(now);
                long began = System.nanoTime();
                List<ClosedHour> closed = collector.observe(seen);
                collecting += System.nanoTime() - began;
                for (ClosedHour hour : closed) {
                    began = System.nanoTime();
                    ledger.write(hour);
                    writing += System.nanoTime() - began;
                    rows += hour.pods().size();
                }
            }
            // In the middle of an hour, when most is in it.
            collector.observe(fleet.at(end.plus(EVERY)));
            long saved = System.nanoTime();
            byte[] state = Json.bytes(collector.collected().orElseThrow());
            System.out.printf(
                    "the hour under way, in the state: %.1f MB, made in %.0f ms%n",
                    state.length / 1e6, (System.nanoTime() - saved) / 1e6);
            long hours = days * 24L;
            System.out.printf("%,d pod-hours of %,d pods in %d days, seen each %s; seed 1%n", rows, pods, days, EVERY);
            System.out.printf(
                    "collecting: %.0f ms an observation; writing an hour: %.0f ms%n",
                    collecting / 1e6 / (hours * 6), writing / 1e6 / hours);
            System.out.printf("on disk, hours: %.2f bytes per pod-hour%n", (double) size(folder) / rows);
            long began = System.nanoTime();
            ledger.compact(end);
            System.out.printf(
                    "putting a day together: %.0f ms; on disk, days: %.2f bytes per pod-hour, nodes included%n",
                    (System.nanoTime() - began) / 1e6 / days, (double) size(folder) / rows);
        }
    }

    /** In a process of its own, with a small heap. */
    private static void read(Path folder) throws Exception {
        try (Ledger ledger = Ledger.open(folder, Ledger.Settings.USUAL)) {
            List<Instant> hours = ledger.hours();
            Instant end = hours.getLast().plus(Duration.ofHours(1));
            long began = System.nanoTime();
            Account.Step all = sum(ledger, new Span(hours.getFirst(), end));
            System.out.printf(
                    "all of it by namespace, first: %.2f s; %d rows, bill %s, residual %s%n",
                    (System.nanoTime() - began) / 1e9, all.rows().size(), all.bill(), all.residual());
            Span week = new Span(end.minus(Duration.ofDays(7)), end);
            double[] millis = new double[REPETITIONS];
            for (int i = 0; i < REPETITIONS; i++) {
                began = System.nanoTime();
                sum(ledger, week);
                millis[i] = (System.nanoTime() - began) / 1e6;
            }
            Arrays.sort(millis);
            System.out.printf(
                    "7 days by namespace, %d times: median %.0f ms, p95 %.0f ms%n",
                    REPETITIONS, millis[REPETITIONS / 2], millis[REPETITIONS * 95 / 100 - 1]);
        }
        System.out.println("heap of at most 256 MiB; resident "
                + Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .findFirst()
                        .orElseThrow()
                        .replaceAll("\\s+", " "));
    }

    private static Account.Step sum(Ledger ledger, Span window) throws Exception {
        return ledger.account(new AccountQuery(
                        window, List.of(new Grouping.ByNamespace()), Optional.empty(), AccountFilter.NONE))
                .steps()
                .getFirst();
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
