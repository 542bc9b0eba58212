package io.trimtab.service.bench;

import io.trimtab.cost.account.ClosedHour;
import io.trimtab.cost.account.HourCollector;
import io.trimtab.cost.allocation.AllocationRequest.ComponentRatio;
import io.trimtab.cost.allocation.AllocationRequest.Grouping;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.focus.FocusCharges;
import io.trimtab.cost.ledger.Account;
import io.trimtab.cost.ledger.AccountFilter;
import io.trimtab.cost.ledger.AccountQuery;
import io.trimtab.cost.ledger.Ledger;
import io.trimtab.cost.ledger.Retention;
import io.trimtab.cost.prices.PriceBook;
import io.trimtab.service.account.CostAccount;
import io.trimtab.service.account.HourForm;
import io.trimtab.service.focus.FocusExports;
import io.trimtab.service.testbed.PrometheusServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * Writes hours of a {@link LedgerFleet} and sums them up. Run by {@code bin/ledger}; its arguments are how many pods and days, and a folder that is kept, to which
 * days are added.
 */
final class LedgerBenchmark {
    private static final Instant START = Instant.parse("2026-10-01T00:00:00Z");
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final int REPETITIONS = 40;

    private LedgerBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 3 && arguments[0].equals("read")) {
            read(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
            return;
        }
        int pods = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 25_000;
        int days = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 30;
        boolean kept = arguments.length > 2;
        Path folder = kept ? Path.of(arguments[2]) : Files.createTempDirectory("trimtab-ledger-");
        try {
            if (days > 0) write(folder, pods, days);
            Process reader = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-Xmx256m",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            LedgerBenchmark.class.getName(),
                            "read",
                            folder.toString(),
                            String.valueOf(pods))
                    .inheritIO()
                    .start();
            if (reader.waitFor() != 0) throw new IllegalStateException("the reader ended with " + reader.exitValue());
        } finally {
            if (!kept) PrometheusServer.delete(folder);
        }
    }

    private static void write(Path folder, int pods, int days) throws Exception {
        HourCollector collector =
                new HourCollector(ComponentRatio.DEFAULT, new HourCollector.Limits(EVERY, Duration.ofHours(3)));
        long collecting = 0;
        long writing = 0;
        long rows = 0;
        try (Ledger ledger = Ledger.open(folder, Ledger.Settings.USUAL)) {
            List<Instant> before = ledger.hours();
            Instant start = before.isEmpty() ? START : before.getLast().plus(Duration.ofHours(1));
            LedgerFleet fleet = new LedgerFleet(1, pods, start);
            Instant end = start.plus(Duration.ofDays(days));
            for (Instant now = start; !now.isAfter(end); now = now.plus(EVERY)) {
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
            byte[] state = HourForm.bytes(collector.collected().orElseThrow());
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
    private static void read(Path folder, int pods) throws Exception {
        Instant end;
        try (Ledger ledger = Ledger.open(folder, Ledger.Settings.USUAL)) {
            List<Instant> hours = ledger.hours();
            end = hours.getLast().plus(Duration.ofHours(1));
            Span all = new Span(hours.getFirst(), end);
            List<Grouping> namespace = List.of(new Grouping.ByNamespace());
            List<Grouping> controller = List.of(new Grouping.ByNamespace(), new Grouping.ByController());
            timed("all %d hours by namespace, first".formatted(hours.size()), 1, () -> sum(ledger, all, namespace));
            timed("all by namespace and controller", 1, () -> sum(ledger, all, controller));
            Span week = new Span(end.minus(Duration.ofDays(7)), end);
            timed("7 days by namespace", REPETITIONS, () -> sum(ledger, week, namespace));
            timed("7 days by namespace and controller", 10, () -> sum(ledger, week, controller));
            Span million = new Span(end.minus(Duration.ofHours(Math.ceilDiv(1_000_000, pods))), end);
            timed("1 M pod-hours by namespace and controller", REPETITIONS, () -> sum(ledger, million, controller));
            AccountQuery withIt = new AccountQuery(
                    new Span(week.start(), end.plus(Duration.ofHours(1))),
                    namespace,
                    Optional.empty(),
                    AccountFilter.none());
            Deque<ClosedHour> rounds = new ArrayDeque<>();
            for (int i = 0; i < 5; i++) rounds.add(underWay(pods, end));
            ClosedHour last = rounds.getLast();
            timed(
                    "7 days and the hour under way by namespace, first after a round",
                    rounds.size(),
                    () -> step(ledger, withIt, rounds.removeFirst()));
            timed("7 days and the hour under way by namespace", REPETITIONS, () -> step(ledger, withIt, last));
        }
        String day = end.minus(Duration.ofDays(1)) + "," + end;
        try (CostAccount account = CostAccount.in(
                folder, PriceBook.shipped(), Duration.ofMinutes(1), InstantSource.fixed(end), Retention.USUAL)) {
            FocusExports exports = new FocusExports(account);
            export(exports, day, false);
            export(exports, day, true);
        }
        System.out.println("heap of at most 256 MiB; resident "
                + Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .findFirst()
                        .orElseThrow()
                        .replaceAll("\\s+", " "));
    }

    private static Account.Step step(Ledger ledger, AccountQuery query, ClosedHour underWay) throws Exception {
        return ledger.account(query, List.of(underWay)).steps().getFirst();
    }

    /** As the service streams it to whoever asks. */
    private static void export(FocusExports exports, String window, boolean parquet) throws Exception {
        long began = System.nanoTime();
        long lines = 0;
        long bytes = 0;
        try (InputStream charges = exports.open(window, FocusCharges.Period.HOUR, parquet)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = charges.read(buffer); read >= 0; read = charges.read(buffer)) {
                bytes += read;
                for (int i = 0; i < read; i++) if (buffer[i] == '\n') lines++;
            }
        }
        System.out.printf(
                "FOCUS of a day by the hour, %s: %s%.0f MB in %.1f s%n",
                parquet ? "Parquet" : "CSV",
                parquet ? "" : "%,d charges, ".formatted(lines - 1),
                bytes / 1e6,
                (System.nanoTime() - began) / 1e9);
    }

    private static ClosedHour underWay(int pods, Instant start) {
        LedgerFleet fleet = new LedgerFleet(2, pods, start);
        HourCollector collector =
                new HourCollector(ComponentRatio.DEFAULT, new HourCollector.Limits(EVERY, Duration.ofHours(3)));
        for (int i = 0; i < 3; i++) collector.observe(fleet.at(start.plus(EVERY.multipliedBy(i))));
        return collector.soFar().orElseThrow();
    }

    private static void timed(String what, int times, Callable<Account.Step> question) throws Exception {
        double[] millis = new double[times];
        Account.Step step = null;
        for (int i = 0; i < times; i++) {
            long began = System.nanoTime();
            step = question.call();
            millis[i] = (System.nanoTime() - began) / 1e6;
        }
        Arrays.sort(millis);
        System.out.printf(
                "%s, %d times: median %.0f ms, p95 %.0f ms; %d rows, bill %s, residual %s%n",
                what,
                times,
                millis[times / 2],
                millis[Math.max(0, times * 95 / 100 - 1)],
                step.rows().size(),
                step.bill(),
                step.residual());
    }

    private static Account.Step sum(Ledger ledger, Span window, List<Grouping> groupings) throws Exception {
        return ledger.account(new AccountQuery(window, groupings, Optional.empty(), AccountFilter.none()))
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
