package io.trimtab.service.focus;

import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.focus.FocusCharges.Period;
import io.trimtab.cost.ledger.FocusExport;
import io.trimtab.cost.ledger.FocusExport.Form;
import io.trimtab.service.account.AccountException;
import io.trimtab.service.account.CostAccount;
import io.trimtab.service.account.Windows;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Exports of an account, one at a time. Each is made a period at a time: so neither memory nor disk ever hold more lines than that, and an hour that closes waits for
 * one period at most. Parquet, which is small, is put together into one file.
 */
public final class FocusExports {
    /** The longest month. */
    private static final Duration LONGEST = Duration.ofDays(31);

    private final CostAccount account;
    private final ExportTurns turns;

    public FocusExports(CostAccount account) {
        this.account = account;
        this.turns = new ExportTurns(account::now);
    }

    /**
     * @param window of the account, as people write it
     * @return to be closed; what fails after its first part ends it with an {@link IOException}
     * @throws AccountException if there is no account, if it cannot be read, or if another export is under way
     * @throws IllegalArgumentException if the window is wrong; the message begins with its name
     */
    public InputStream open(String window, Period period, boolean parquet) throws AccountException {
        Span span = Windows.parse(window, account.now());
        if (Duration.between(span.start(), span.end()).compareTo(LONGEST) > 0)
            throw new IllegalArgumentException(
                    "window (%s) of an export must not be longer than %d days; export a month at a time"
                            .formatted(window, LONGEST.toDays()));
        ExportTurns.Turn turn = turns.take();
        try {
            Deque<Span> parts = new ArrayDeque<>(parts(span, period));
            if (parquet) return new Parts(turn, joined(parts, period, turn), List.<Parts.Part>of());
            Path first = written(new FocusExport(parts.removeFirst(), period, Form.CSV));
            List<Parts.Part> rest = parts.stream()
                    .<Parts.Part>map(part -> () -> written(new FocusExport(part, period, Form.CSV_ROWS)))
                    .toList();
            return new Parts(turn, first, rest);
        } catch (IOException e) {
            turn.close();
            throw unwritable(e);
        } catch (AccountException | RuntimeException e) {
            turn.close();
            throw e;
        }
    }

    private static List<Span> parts(Span span, Period period) {
        ChronoUnit unit = period == Period.HOUR ? ChronoUnit.HOURS : ChronoUnit.DAYS;
        List<Span> parts = new ArrayList<>();
        for (Instant from = span.start(); from.isBefore(span.end()); ) {
            Instant to = from.truncatedTo(unit).plus(1, unit);
            parts.add(new Span(from, to.isBefore(span.end()) ? to : span.end()));
            from = to;
        }
        return parts;
    }

    private Path joined(Iterable<Span> parts, Period period, ExportTurns.Turn turn)
            throws AccountException, IOException {
        List<Path> files = new ArrayList<>();
        try {
            for (Span part : parts) {
                turn.goOn();
                files.add(written(new FocusExport(part, period, Form.PARQUET)));
            }
            return files.size() == 1 ? files.removeFirst() : account.joined(files);
        } finally {
            for (Path file : files) Files.deleteIfExists(file);
        }
    }

    private Path written(FocusExport export) throws AccountException {
        return account.snapshot().exported(export);
    }

    private static AccountException unwritable(IOException cause) {
        return new AccountException("the export cannot be written: " + cause.getMessage(), cause);
    }
}
