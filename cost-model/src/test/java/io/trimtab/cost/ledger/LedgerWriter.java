package io.trimtab.cost.ledger;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A process that writes hour after hour, puts days together, and says what it has closed, until it is killed. */
final class LedgerWriter {
    static final long SEED = 21;
    static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private LedgerWriter() {}

    /** @param arguments the folder, and the number of the first hour */
    public static void main(String[] arguments) throws LedgerException {
        RandomHours hours = new RandomHours(SEED);
        try (Ledger ledger = Ledger.open(Path.of(arguments[0]), new Ledger.Settings(128, 1, 1000))) {
            for (int i = Integer.parseInt(arguments[1]); ; i++) {
                Instant hour = START.plus(Duration.ofHours(i));
                ledger.write(hours.hour(hour));
                System.out.println(i);
                ledger.compact(hour);
            }
        }
    }
}
