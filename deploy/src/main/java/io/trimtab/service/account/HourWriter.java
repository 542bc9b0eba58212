package io.trimtab.service.account;

import io.trimtab.cost.account.ClosedHour;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.ledger.Account;
import io.trimtab.cost.ledger.Account.NodeStep;
import io.trimtab.cost.ledger.AccountQuery;
import io.trimtab.cost.ledger.FocusExport;
import io.trimtab.cost.ledger.Ledger;
import io.trimtab.cost.ledger.LedgerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes closed hours on a thread of its own. What cannot be written waits, counts meanwhile, and is tried again with the next round. */
final class HourWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HourWriter.class);

    /** Hours that wait; more would fill the memory of a large cluster. */
    private static final int MOST_WAITING = 24;

    /** Days that the ledger keeps: a year, and what it is compared with. */
    private static final int DAYS = 400;

    /** Of all days, so that the account leaves room for the snapshots of the state in the volume that the chart makes. */
    private static final long MOST_BYTES = 512L << 20;

    /** After a day's end, until its hours are put together: then none of them is late. */
    private static final Duration GRACE = Duration.ofMinutes(30);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Path folder;
    private final boolean temporary;
    private final Deque<ClosedHour> waiting = new ArrayDeque<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("account").daemon().factory());
    private Optional<Instant> leftOut = Optional.empty();
    private @Nullable Ledger ledger;
    private String trouble = "";

    HourWriter(Path folder, boolean temporary) {
        this.folder = folder;
        this.temporary = temporary;
    }

    static HourWriter inTemporaryFolder() {
        try {
            return new HourWriter(Files.createTempDirectory("trimtab-account-"), true);
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary folder cannot be written to", e);
        }
    }

    /** If the ledger has this hour when it is over, it stays as it is there. */
    synchronized void leaveOut(Instant hour) {
        leftOut = Optional.of(hour);
    }

    /** Returns at once. */
    synchronized void write(List<ClosedHour> hours) {
        waiting.addAll(hours);
        while (waiting.size() > MOST_WAITING)
            LOG.error(
                    "the account of the hour {} is lost: it could not be written",
                    waiting.removeFirst().start());
        if (!waiting.isEmpty() && !thread.isShutdown()) thread.execute(this::writeWaiting);
    }

    Account ask(AccountQuery query, List<ClosedHour> more) throws LedgerException {
        return ledger().account(query, unwritten(query.window(), more));
    }

    List<NodeStep> nodes(AccountQuery query, List<ClosedHour> more) throws LedgerException {
        return ledger().nodes(query, unwritten(query.window(), more));
    }

    /** @return a new file, beside the ledger's own: where these have room, it has */
    Path export(FocusExport export, List<ClosedHour> more) throws LedgerException {
        Path file = folder.resolve("unfinished").resolve("export-" + UUID.randomUUID());
        try {
            ledger().export(export, unwritten(export.window(), more), file);
            return file;
        } catch (LedgerException | RuntimeException e) {
            if (Files.exists(file)) remove(file);
            throw e;
        }
    }

    /** An hour that has closed since it was asked for under way counts once, as it closed. */
    private synchronized List<ClosedHour> unwritten(Span window, List<ClosedHour> more) {
        List<ClosedHour> unwritten = new ArrayList<>(more);
        unwritten.removeIf(
                hour -> waiting.stream().anyMatch(closed -> closed.start().equals(hour.start())));
        waiting.stream().filter(hour -> CostAccount.meets(hour, window)).forEach(unwritten::add);
        return unwritten;
    }

    private void writeWaiting() {
        try {
            for (ClosedHour hour = next(); hour != null; hour = next()) {
                if (!isLeftOut(hour)) ledger().write(hour);
                written(hour);
            }
        } catch (LedgerException e) {
            said(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("the account cannot be written", e);
        }
    }

    private synchronized @Nullable ClosedHour next() {
        return waiting.peekFirst();
    }

    private boolean isLeftOut(ClosedHour hour) throws LedgerException {
        Optional<Instant> resumed;
        synchronized (this) {
            resumed = leftOut;
        }
        return resumed.filter(hour.start()::equals).isPresent()
                && ledger().hours().contains(hour.start());
    }

    private void written(ClosedHour hour) throws LedgerException {
        synchronized (this) {
            boolean _ = waiting.remove(hour);
            trouble = "";
        }
        Instant over = hour.start().plus(Duration.ofHours(1));
        List<LocalDate> days = ledger().compact(over.minus(GRACE));
        LocalDate first = over.atOffset(ZoneOffset.UTC).toLocalDate().minusDays(DAYS);
        if (!days.isEmpty())
            ledger().retain(first, MOST_BYTES)
                    .forEach(day -> LOG.info(
                            "the account of {} is removed: {} days and {} MiB are kept", day, DAYS, MOST_BYTES >> 20));
        ledger().troubles().forEach(this::said);
    }

    /** Once for as long as it stays the same. */
    private synchronized void said(String what) {
        if (!trouble.equals(what)) LOG.warn("account: {}", what);
        trouble = what;
    }

    /** Hours that are closed and not written. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** Why the last attempt to write failed, or what was put aside; empty where nothing is wrong. */
    synchronized Optional<String> trouble() {
        return Optional.of(trouble).filter(it -> !it.isEmpty());
    }

    private synchronized Ledger ledger() throws LedgerException {
        if (ledger == null) ledger = Ledger.open(folder, Ledger.Settings.USUAL);
        return ledger;
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                LOG.warn("account: the end does not wait longer than {} for an hour to be written", PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            if (ledger != null) ledger.close();
            ledger = null;
        }
        if (temporary && Files.exists(folder)) remove(folder);
    }

    private static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("account: {} cannot be removed: {}", folder, e.getMessage());
        }
    }
}
