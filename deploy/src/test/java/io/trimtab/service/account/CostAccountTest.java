package io.trimtab.service.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trimtab.cost.account.NodeHour;
import io.trimtab.cost.account.Observation;
import io.trimtab.cost.account.Observation.Use;
import io.trimtab.cost.account.PodHour;
import io.trimtab.cost.account.PriceOrigin;
import io.trimtab.cost.ledger.AccountQuery;
import io.trimtab.cost.ledger.Retention;
import io.trimtab.cost.prices.PriceBook;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.service.state.Section;
import io.trimtab.service.view.AccountView;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node for 1.00 an hour, all of whose 2 cores and 8 GiB one pod asks for; seen each minute. */
class CostAccountTest {
    private static final Instant START = Instant.parse("2026-11-18T10:00:00Z");
    private static final Instant NO_END = Instant.parse("9999-01-01T00:00:00Z");
    private static final Resources ALL = new Resources(new MilliCores(2000), new Bytes(8L << 30), GpuMilli.ZERO);
    private static final Duration CYCLE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    @Test
    void theHourUnderWayCountsAsFarAsItWasSeen() throws Exception {
        try (CostAccount account = kept()) {
            see(account, 0, 90);
            AccountView today = today(account);
            assertThat(today.bill()).isEqualByComparingTo("1.5");
            assertThat(today.rows().getFirst().totalCost()).isEqualByComparingTo("1.5");
            assertThat(today.residual()).isZero();
            assertThat(today.estimatedShare()).isZero();
            assertThat(today.seenUntil()).isEqualTo(at(90));
        }
    }

    @Test
    void aRestartGoesOnWithTheHour() throws Exception {
        byte[] state;
        try (CostAccount account = kept()) {
            see(account, 0, 100);
            state = account.section().save().get();
        }
        try (CostAccount account = kept()) {
            restore(account, state);
            see(account, 103, 130);
            AccountView today = today(account);
            assertThat(today.bill()).isEqualByComparingTo("2.166666666667");
            assertThat(today.residual()).isZero();
            assertThat(today.estimatedShare()).as("three minutes are no gap").isZero();
        }
    }

    @Test
    void whatAStandstillLeftOutIsMarked() throws Exception {
        byte[] state;
        try (CostAccount account = kept()) {
            see(account, 0, 20);
            state = account.section().save().get();
        }
        try (CostAccount account = kept()) {
            restore(account, state);
            see(account, 40, 60);
            AccountView today = today(account);
            assertThat(today.bill()).isEqualByComparingTo("1");
            assertThat(today.estimatedShare()).isEqualByComparingTo("0.333333");
        }
    }

    /** The state was saved before the hour was over, and the process was killed after it had been written. */
    @Test
    void anHourThatWasWrittenStaysAsItIs() throws Exception {
        byte[] state;
        try (CostAccount account = kept()) {
            see(account, 0, 55);
            state = account.section().save().get();
            see(account, 56, 62);
        }
        try (CostAccount account = kept()) {
            restore(account, state);
            see(account, 80, 121);
            AccountView today = today(account);
            assertThat(today.bill()).isEqualByComparingTo("2.016666666667");
            assertThat(today.missing()).isEmpty();
            // Of the first hour nothing is estimated, as the process before this one saw all of it; of the second the
            // first 20 minutes.
            assertThat(today.estimatedShare()).isBetween(new BigDecimal("0.16"), new BigDecimal("0.17"));
        }
        assertThat(files("superseded")).isZero();
    }

    @Test
    void whatNobodyNeededYetIsSavedAsItWas() throws Exception {
        byte[] state;
        try (CostAccount account = kept()) {
            see(account, 0, 20);
            state = account.section().save().get();
        }
        try (CostAccount account = kept()) {
            restore(account, state);
            assertThat(account.section().save().get()).isEqualTo(state);
            assertThat(today(account).bill()).isPositive();
            assertThat(account.section().save().get()).isEqualTo(state);
        }
    }

    @Test
    void anHourThatCannotBeReadBeginsAnew() throws Exception {
        try (CostAccount account = kept()) {
            restore(account, "{\"hour\":\"yesterday\"}".getBytes(StandardCharsets.UTF_8));
            see(account, 40, 60);
            assertThat(today(account).bill()).isPositive();
        }
    }

    @Test
    void withoutAStateTheAccountStaysAndTheHourBeginsAnew() throws Exception {
        try (CostAccount account = kept()) {
            see(account, 0, 70);
        }
        try (CostAccount account = kept()) {
            see(account, 75, 90);
            assertThat(today(account).bill()).isEqualByComparingTo("1.25");
        }
    }

    @Test
    void aFolderThatCannotBeWrittenToCostsNothingOnceItCan() throws Exception {
        Path ledger = folder.resolve("ledger");
        Files.writeString(ledger, "a file where the folder should be");
        try (CostAccount account = kept()) {
            see(account, 0, 61);
            assertThatThrownBy(() -> today(account))
                    .isInstanceOf(AccountException.class)
                    .hasMessageContaining("cannot be written to " + ledger);
            Files.delete(ledger);
            see(account, 62, 120);
            assertThat(today(account).bill()).isEqualByComparingTo("2");
        }
        assertThat(files("ledger/pods")).isEqualTo(2);
    }

    @Test
    void withoutAFolderItSaysWhy() {
        try (CostAccount account = CostAccount.off("no folder", InstantSource.fixed(at(60)))) {
            assertThatThrownBy(() -> today(account))
                    .isInstanceOf(AccountException.class)
                    .hasMessage("no folder");
        }
    }

    @Test
    void thatOfTheDemoGoesWithIt() throws Exception {
        long before = temporaryFolders();
        try (CostAccount account = CostAccount.passing(PriceBook.shipped(), CYCLE, InstantSource.fixed(at(600)))) {
            see(account, 0, 60);
            assertThat(temporaryFolders()).isEqualTo(before + 1);
            assertThat(today(account).bill()).isEqualByComparingTo("1");
        }
        assertThat(temporaryFolders()).isEqualTo(before);
    }

    /** Steps and their sum, say, of one request. */
    @Test
    void aSnapshotSeesTheSameWhateverClosesMeanwhile() throws Exception {
        AccountQuery today = new AccountParameters("today", "namespace", "", "").query(at(600));
        try (CostAccount account = kept()) {
            see(account, 0, 40);
            AccountSnapshot before = account.snapshot();
            see(account, 41, 100);
            await(() -> account.hoursWaiting() == 0);
            assertThat(files("ledger/pods")).isEqualTo(1);
            assertThat(before.ask(today).steps().getFirst().bill()).isEqualByComparingTo("0.666666666667");
            assertThat(before.nodes(today).getFirst().rows().getFirst().bill().total())
                    .isEqualByComparingTo("0.666666666667");
            assertThat(before.seenUntil()).contains(at(40));
            assertThat(account.snapshot().ask(today).steps().getFirst().bill()).isEqualByComparingTo("1.666666666667");
        }
    }

    /** Before anybody asks, and at the next start too. */
    @Test
    void aDamagedHourIsToldAtStart() throws Exception {
        try (CostAccount account = kept()) {
            see(account, 0, 121);
        }
        try (Stream<Path> all = Files.walk(folder.resolve("ledger/nodes"))) {
            Path first = all.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
            Files.write(first, new byte[] {1});
        }
        for (int start = 0; start < 2; start++) {
            try (CostAccount account = kept()) {
                await(() -> !account.troubles().isEmpty());
                assertThat(account.troubles())
                        .singleElement()
                        .asString()
                        .startsWith("hour-10 of 2026-11-18 is not as it was written");
                see(account, 122, 130);
                AccountView today = today(account);
                assertThat(today.partial())
                        .singleElement()
                        .asString()
                        .startsWith("2026-11-18T10:00:00Z to 2026-11-18T11:00:00Z is left out");
                assertThat(today.missing())
                        .containsExactly(new AccountView.Period(START, START.plus(Duration.ofHours(1))));
                assertThat(today.residual()).isZero();
            }
        }
    }

    /** A shorter retention counts at the next start. */
    @Test
    void whatIsNotToBeKeptGoesAtStart() throws Exception {
        try (CostAccount account = kept()) {
            for (int day = 0; day < 4; day++) see(account, day * 1440, day * 1440 + 60);
        }
        assertThat(files("ledger/pods")).isEqualTo(4);
        try (CostAccount account = kept(new Retention(2, Long.MAX_VALUE))) {
            await(() -> Files.notExists(folder.resolve("ledger/pods/day=2026-11-18")));
            assertThat(account.troubles()).isEmpty();
        }
        assertThat(files("ledger/pods")).isEqualTo(3);
    }

    private interface Wanted {
        boolean isSo() throws Exception;
    }

    /** For ten seconds at most. */
    private static void await(Wanted wanted) throws Exception {
        for (int i = 0; !wanted.isSo(); i++) {
            assertThat(i).as("tenths of a second").isLessThan(100);
            Thread.sleep(100);
        }
    }

    private CostAccount kept() {
        return kept(Retention.USUAL);
    }

    private CostAccount kept(Retention retention) {
        return CostAccount.in(
                folder.resolve("ledger"), PriceBook.shipped(), CYCLE, InstantSource.fixed(at(600)), retention);
    }

    private static void restore(CostAccount account, byte[] state) {
        Section section = account.section();
        section.restore().from(section.version(), state);
    }

    private static void see(CostAccount account, int from, int to) {
        for (int minute = from; minute <= to; minute++) account.observe(seen(at(minute)));
    }

    private static Observation seen(Instant at) {
        NodeHour.Node node = new NodeHour.Node("n", "m5.large", "r", "z", "on-demand", "");
        PodHour.Pod pod = new PodHour.Pod("shop", "Deployment", "web", "web-0", "u", Map.of("app", "web"));
        return new Observation(
                at,
                List.of(new Observation.Node(node, ALL, START.minusSeconds(9), BigDecimal.ONE, PriceOrigin.LISTED)),
                List.of(new Observation.Pod(pod, "n", START.minusSeconds(5), NO_END, ALL, new Use(1.5, 1e9))),
                false);
    }

    private static AccountView today(CostAccount account) throws AccountException {
        return AccountRendering.ask(account, new AccountParameters("today", "namespace", "", ""), account.now());
    }

    private long files(String under) throws Exception {
        Path start = folder.resolve(under);
        if (Files.notExists(start)) return 0;
        try (Stream<Path> all = Files.walk(start)) {
            return all.filter(file -> file.toString().endsWith(".parquet")).count();
        }
    }

    private static long temporaryFolders() throws Exception {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(file -> file.getFileName().toString().startsWith("trimtab-account-"))
                    .count();
        }
    }

    private static Instant at(int minute) {
        return START.plus(Duration.ofMinutes(minute));
    }
}
