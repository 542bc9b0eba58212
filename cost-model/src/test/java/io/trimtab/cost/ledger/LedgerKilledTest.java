package io.trimtab.cost.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.trimtab.cost.account.ClosedHour;
import io.trimtab.cost.allocation.AllocationRequest.Grouping;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that are killed while they write, and a real disk that is full. */
class LedgerKilledTest {
    /** {@code -Dtrimtab.kills=100} kills more often. */
    private static final int KILLS = Integer.getInteger("trimtab.kills", 5);

    private static final Ledger.Settings SMALL = new Ledger.Settings(128, 1, 1000);

    @TempDir
    private Path folder;

    @Test
    void aKillLosesNoHourThatWasClosedSeed22() throws Exception {
        Random random = new Random(22);
        int next = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int closed = writeUntilKilled(next, Duration.ofMillis(random.nextInt(400)));
            assertThat(closed).as("closed before kill %d", kill).isGreaterThanOrEqualTo(next);
            next = checked(closed + 1);
        }
        assertThat(next).isGreaterThan(KILLS);
    }

    /**
     * Lets a process go on for a while after it has closed its first hour.
     *
     * @return the last hour of which it said that it is closed
     */
    private int writeUntilKilled(int first, Duration after) throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        Files.deleteIfExists(said);
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx128m",
                        // What DuckDB unpacks there is left behind by each kill.
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        LedgerWriter.class.getName(),
                        folder.resolve("ledger").toString(),
                        String.valueOf(first))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(said.toFile())
                .start();
        while (Files.size(said) == 0 && writer.isAlive()) Thread.sleep(5);
        assertThat(writer.waitFor(after.toMillis(), TimeUnit.MILLISECONDS))
                .as("it goes on")
                .isFalse();
        writer.destroyForcibly();
        assertThat(writer.waitFor()).as("killed").isEqualTo(128 + 9);
        String lines = Files.readString(said);
        // What follows the last line's end was not said.
        List<String> closed =
                lines.substring(0, lines.lastIndexOf('\n')).lines().toList();
        return Integer.parseInt(closed.getLast());
    }

    /**
     * All hours must be there as they were written, and the one under way whole or not at all.
     *
     * @param closed how many were
     *
     * @return the first that is not there
     */
    private int checked(int closed) throws LedgerException {
        try (Ledger ledger = Ledger.open(folder.resolve("ledger"), SMALL)) {
            List<Instant> hours = ledger.hours();
            assertThat(hours.size()).as("hours there").isBetween(closed, closed + 1);
            BigDecimal bill = BigDecimal.ZERO;
            for (int i = 0; i < hours.size(); i++) {
                assertThat(hours.get(i)).isEqualTo(at(i));
                bill = bill.add(hour(i).bill());
            }
            Account.Step whole = whole(ledger, hours.size());
            assertThat(whole.bill()).isEqualByComparingTo(bill);
            assertThat(whole.residual()).isZero();
            assertThat(ledger.troubles()).isEmpty();
            return hours.size();
        }
    }

    @Test
    void aFullDiskIsSaidAndCostsNothingThatWasClosed() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=512k", "none", disk.toString()))
                .as("this user may mount a disk")
                .isTrue();
        try (Ledger ledger = Ledger.open(disk, SMALL)) {
            int closed = 0;
            Optional<LedgerException> full = Optional.empty();
            while (full.isEmpty() && closed < 1000) {
                try {
                    ledger.write(hour(closed));
                    closed++;
                } catch (LedgerException e) {
                    full = Optional.of(e);
                }
            }
            assertThat(full.orElseThrow()).hasMessageContaining("is there room");
            assertThat(full.orElseThrow().kind()).isEqualTo(LedgerException.Kind.UNWRITABLE);
            assertThat(closed).isPositive();
            assertThat(ledger.hours()).hasSize(closed);
            assertThat(whole(ledger, closed).residual()).isZero();
            int left = closed;
            assertThatThrownBy(() -> ledger.write(hour(left))).isInstanceOf(LedgerException.class);
            assertThat(run("mount", "-o", "remount,size=4m", disk.toString())).isTrue();
            assertThat(ledger.write(hour(left))).isEqualTo(1);
            assertThat(ledger.hours()).hasSize(closed + 1);
        } finally {
            assertThat(run("umount", "-l", disk.toString())).isTrue();
        }
    }

    private static Account.Step whole(Ledger ledger, int hours) throws LedgerException {
        Account account = ledger.account(new AccountQuery(
                new Span(at(0), at(hours)),
                List.of(new Grouping.ByNamespace()),
                Optional.empty(),
                AccountFilter.none()));
        assertThat(account.missing()).isEmpty();
        return account.steps().getFirst();
    }

    private static ClosedHour hour(int number) {
        return new RandomHours(LedgerWriter.SEED).hour(at(number));
    }

    private static Instant at(int hour) {
        return LedgerWriter.START.plus(Duration.ofHours(hour));
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
