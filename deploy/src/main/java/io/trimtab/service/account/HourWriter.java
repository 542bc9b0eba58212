package io.trimtab.service.account;

import io.trimtab.cost.account.ClosedHour;
import io.trimtab.cost.ledger.Account;
import io.trimtab.cost.ledger.Account.NodeStep;
import io.trimtab.cost.ledger.AccountQuery;
import io.trimtab.cost.ledger.FocusExport;
import io.trimtab.cost.ledger.Ledger;
import io.trimtab.cost.ledger.LedgerException;
import io.trimtab.cost.ledger.Retention;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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

    /** After a day's end, until its hours are put together: then none of them is late. */
    private static final Duration GRACE = Duration.ofMinutes(30);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Path folder;
    private final boolean temporary;
    private final Deque<ClosedHour> waiting = new ArrayDeque<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("account").daemon().factory());
    private final Retention retention;
    private Optional<Instant> leftOut = Optional.empty();
    private String trouble = "";

    /** Not under the lock of what waits: opening it is slow, and whoever brings an hour does not wait. */
    private final Object opening = new Object();

    private volatile @Nullable Ledger ledger;

    /** What of it was said in the log; of the thread alone. */
    private final Set<String> told = new HashSet<>();

    HourWriter(Path folder, boolean temporary, Retention retention) {
        this.folder = folder;
        this.temporary = temporary;
        this.retention = retention;
    }

    static HourWriter inTemporaryFolder() {
        try {
            return new HourWriter(Files.createTempDirectory("trimtab-account-"), true, Retention.USUAL);
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary folder cannot be written to", e);
        }
    }

    /** Looks for what is damaged before anybody asks for it, and lets go what is not to be kept any more. Returns at once. */
    void check() {
        thread.execute(this::checkAll);
    }

    private void checkAll() {
        // It is made with the first hour.
        if (Files.notExists(folder)) return;
        try {
            ledger().verify();
            tell();
            retain();
        } catch (LedgerException e) {
            said(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("the account cannot be checked", e);
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
        return ledger().account(query, more);
    }

    List<NodeStep> nodes(AccountQuery query, List<ClosedHour> more) throws LedgerException {
        return ledger().nodes(query, more);
    }

    /** @return a new file, beside the ledger's own: where these have room, it has */
    Path export(FocusExport export, List<ClosedHour> more) throws LedgerException {
        return made(file -> ledger().export(export, more, file));
    }

    /** @return likewise */
    Path join(List<Path> parts) throws LedgerException {
        return made(file -> ledger().join(parts, file));
    }

    private interface Writing {
        void to(Path file) throws LedgerException;
    }

    private Path made(Writing writing) throws LedgerException {
        Path file = folder.resolve("unfinished").resolve("export-" + UUID.randomUUID());
        try {
            writing.to(file);
            return file;
        } catch (LedgerException | RuntimeException e) {
            if (Files.exists(file)) remove(file);
            throw e;
        }
    }

    /** Hours that count and are not on the disk. One that has closed since it was under way counts once, as it closed. */
    List<ClosedHour> beside(Optional<ClosedHour> underWay) throws LedgerException {
        Map<Instant, ClosedHour> hours = new TreeMap<>();
        underWay.ifPresent(hour -> hours.put(hour.start(), hour));
        synchronized (this) {
            waiting.forEach(hour -> hours.put(hour.start(), hour));
        }
        // After that: what was written meanwhile is in the ledger.
        return ledger().lacked(List.copyOf(hours.values()));
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
        if (!ledger().compact(over.minus(GRACE)).isEmpty()) retain();
        tell();
    }

    private void retain() throws LedgerException {
        ledger().retain(retention)
                .forEach(day -> LOG.info(
                        "the account of {} is removed: {} days and {} MiB are kept",
                        day,
                        retention.days(),
                        retention.mib()));
    }

    private void tell() throws LedgerException {
        ledger().troubles().stream().filter(told::add).forEach(it -> LOG.warn("account: {}", it));
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

    /** Why the last attempt to write failed, and what was put aside. */
    List<String> troubles() {
        Ledger open = ledger;
        List<String> damaged = open == null ? List.of() : open.troubles();
        return Stream.concat(lastFailure().stream(), damaged.stream()).toList();
    }

    private synchronized Optional<String> lastFailure() {
        return Optional.of(trouble).filter(it -> !it.isEmpty());
    }

    private Ledger ledger() throws LedgerException {
        synchronized (opening) {
            Ledger open = ledger;
            if (open == null) open = Ledger.open(folder, Ledger.Settings.USUAL);
            ledger = open;
            return open;
        }
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
        synchronized (opening) {
            Ledger open = ledger;
            if (open != null) open.close();
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
