package io.trimtab.service.account;

import io.trimtab.cost.account.ClosedHour;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.ledger.Account;
import io.trimtab.cost.ledger.Account.NodeStep;
import io.trimtab.cost.ledger.AccountQuery;
import io.trimtab.cost.ledger.FocusExport;
import io.trimtab.cost.ledger.LedgerException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The account at one moment: all questions of a request see the same of the hour under way, whatever is seen or closes between them. */
public final class AccountSnapshot {
    private final HourWriter writer;
    private final List<ClosedHour> beside;
    private final Instant now;
    private final Optional<Instant> seenUntil;

    /** @param beside hours that the ledger did not have */
    AccountSnapshot(HourWriter writer, List<ClosedHour> beside, Instant now, Optional<Instant> seenUntil) {
        this.writer = writer;
        this.beside = List.copyOf(beside);
        this.now = now;
        this.seenUntil = seenUntil;
    }

    /** By the cluster's clock. */
    public Instant now() {
        return now;
    }

    /** Up to when the cluster was seen; empty before the first round. */
    public Optional<Instant> seenUntil() {
        return seenUntil;
    }

    /**
     * @throws AccountException if it cannot be read
     * @throws IllegalArgumentException if the answer has too many rows; the message says what to do
     */
    public Account ask(AccountQuery query) throws AccountException {
        return asked(it -> it.ask(query, within(query.window())));
    }

    /** What each node cost; the exceptions are as above. */
    public List<NodeStep> nodes(AccountQuery query) throws AccountException {
        return asked(it -> it.nodes(query, within(query.window())));
    }

    /**
     * Writes charges of FOCUS 1.2.
     *
     * @return a file that the caller deletes
     * @throws AccountException if it cannot be read, or the file not be written
     */
    public Path exported(FocusExport export) throws AccountException {
        return asked(it -> it.export(export, within(export.window())));
    }

    private List<ClosedHour> within(Span window) {
        return beside.stream()
                .filter(hour ->
                        hour.start().isBefore(window.end()) && !hour.start().isBefore(window.start()))
                .toList();
    }

    private interface Question<T> {
        T of(HourWriter writer) throws LedgerException;
    }

    private <T> T asked(Question<T> question) throws AccountException {
        try {
            return question.of(writer);
        } catch (LedgerException e) {
            throw new AccountException(String.valueOf(e.getMessage()), e);
        }
    }
}
