package io.trimtab.service.focus;

import io.trimtab.service.account.AccountException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** One export at a time: each keeps the ledger busy. Who does not go on for a while has lost its turn, so that no client that stopped reading keeps the others out. */
final class ExportTurns {
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private final InstantSource clock;
    private Optional<Turn> current = Optional.empty();

    ExportTurns(InstantSource clock) {
        this.clock = clock;
    }

    /** @throws AccountException while another has it */
    synchronized Turn take() throws AccountException {
        Instant now = clock.instant();
        if (current.filter(it -> !it.used.plus(PATIENCE).isBefore(now)).isPresent())
            throw new AccountException("another export is under way; ask again when it has ended");
        Turn taken = new Turn(now);
        current = Optional.of(taken);
        return taken;
    }

    final class Turn implements AutoCloseable {
        private Instant used;

        private Turn(Instant used) {
            this.used = used;
        }

        /** @throws AccountException if it is lost */
        void goOn() throws AccountException {
            synchronized (ExportTurns.this) {
                if (!isMine())
                    throw new AccountException("another export has begun, as this one was not read for "
                            + PATIENCE.toMinutes() + " minutes");
                used = clock.instant();
            }
        }

        private boolean isMine() {
            return current.filter(it -> it == this).isPresent();
        }

        @Override
        public void close() {
            synchronized (ExportTurns.this) {
                if (isMine()) current = Optional.empty();
            }
        }
    }
}
