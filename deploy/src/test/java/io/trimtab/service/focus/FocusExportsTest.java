package io.trimtab.service.focus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trimtab.cost.account.NodeHour;
import io.trimtab.cost.account.Observation;
import io.trimtab.cost.account.PriceOrigin;
import io.trimtab.cost.focus.FocusCharges.Period;
import io.trimtab.cost.ledger.Retention;
import io.trimtab.cost.prices.PriceBook;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.service.account.AccountException;
import io.trimtab.service.account.CostAccount;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of an empty node for 1.00 an hour, from 21:00 to 02:00 of the next day. */
class FocusExportsTest {
    private static final Instant START = Instant.parse("2026-11-18T21:00:00Z");
    private static final Instant END = START.plus(Duration.ofHours(5));
    private static final String WINDOW = START + "," + END;

    @TempDir
    private Path folder;

    private CostAccount account;
    private FocusExports exports;

    @BeforeEach
    void collect() {
        account = CostAccount.in(folder, PriceBook.shipped(), Duration.ofMinutes(5), () -> END, Retention.USUAL);
        for (Instant at = START; !at.isAfter(END); at = at.plus(Duration.ofMinutes(5))) account.observe(seen(at));
        exports = new FocusExports(account);
    }

    @AfterEach
    void close() {
        account.close();
    }

    private static Observation seen(Instant at) {
        NodeHour.Node node = new NodeHour.Node("n", "m5.large", "r", "z", "on-demand", "");
        Resources all = new Resources(new MilliCores(2000), new Bytes(8L << 30), GpuMilli.ZERO);
        return new Observation(
                at,
                List.of(new Observation.Node(node, all, START, BigDecimal.ONE, PriceOrigin.LISTED)),
                List.of(),
                false);
    }

    /** CPU and memory for each period; of both days only what the window has of them. */
    @ParameterizedTest
    @CsvSource({
        "DAY, 4, 2026-11-18T21:00:00Z, 2026-11-19T00:00:00Z",
        "HOUR, 10, 2026-11-18T21:00:00Z, 2026-11-18T22:00:00Z"
    })
    void allPartsAreThereOnce(Period period, int charges, String from, String to) throws Exception {
        try (InputStream export = exports.open(WINDOW, period, false)) {
            List<String> lines = new String(export.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(lines).hasSize(1 + charges);
            BigDecimal sum = lines.stream()
                    .skip(1)
                    .map(line -> new BigDecimal(line.split(",")[1]))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(sum).isEqualByComparingTo("5");
            assertThat(lines.get(1)).contains(from, to);
            assertThat(export.read()).as("still at its end").isNegative();
        }
        assertThat(left()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"DAY", "HOUR"})
    void partsOfParquetAreOneFile(Period period) throws Exception {
        try (InputStream export = exports.open(WINDOW, period, true)) {
            assertThat(new String(export.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .startsWith("PAR1")
                    .endsWith("PAR1");
        }
        assertThat(left()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void oneIsMadeAtATime(boolean parquet) throws Exception {
        InputStream first = exports.open(WINDOW, Period.HOUR, parquet);
        assertThatThrownBy(() -> exports.open(WINDOW, Period.DAY, false))
                .isInstanceOf(AccountException.class)
                .hasMessageContaining("another export is under way");
        // Its end is read, and it is not closed yet.
        first.readAllBytes();
        exports.open(WINDOW, Period.DAY, false).close();
        first.close();
        assertThat(left()).isEmpty();
    }

    @Test
    void whatIsRefusedTakesNoTurn() throws Exception {
        assertThatThrownBy(() -> exports.open("2026-10-01T00:00:00Z,2026-11-01T01:00:00Z", Period.DAY, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("window (2026-10-01T00:00:00Z,2026-11-01T01:00:00Z)")
                .hasMessageContaining("longer than 31 days");
        exports.open("2026-10-01T00:00:00Z,2026-11-01T00:00:00Z", Period.DAY, true)
                .close();
        assertThatThrownBy(() -> exports.open("soon", Period.DAY, false)).isInstanceOf(IllegalArgumentException.class);
        exports.open(WINDOW, Period.DAY, false).close();
        assertThat(left()).isEmpty();
    }

    /** Files of exports that were not removed. */
    private List<Path> left() throws Exception {
        try (Stream<Path> files = Files.list(folder.resolve("unfinished"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("export-"))
                    .toList();
        }
    }
}
