package io.trimtab.cost.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trimtab.cost.account.ClosedHour;
import io.trimtab.cost.account.NodeHour;
import io.trimtab.cost.account.PodHour;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.focus.FocusCharges.Period;
import io.trimtab.cost.ledger.FocusExport.Form;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The hours of two days of random clusters, whose first day is put together. */
class FocusExportTest {
    private static final Instant START = Instant.parse("2026-11-29T00:00:00Z");
    private static final int HOURS = 30;
    private static final Span WINDOW = new Span(START, at(HOURS));

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}, {1}, seed {2}")
    @CsvSource({"CSV, HOUR, 1", "CSV, DAY, 2", "PARQUET, HOUR, 3", "PARQUET, DAY, 4"})
    void chargesSumToTheBill(Form form, Period period, long seed) throws Exception {
        List<ClosedHour> hours = hours(seed);
        Path file = exported(hours, new FocusExport(WINDOW, period, form));
        assertThat(number(file, "sum(BilledCost)")).isEqualByComparingTo(bill(hours));
        assertThat(perSubAccount(file)).isEqualTo(expected(hours));
        assertThat(number(file, "count(DISTINCT ChargePeriodStart)"))
                .isEqualByComparingTo(period == Period.HOUR ? "30" : "2");
        assertThat(number(file, "count(*) FILTER (WHERE BilledCost <> EffectiveCost OR ListCost <> ContractedCost)"))
                .isZero();
        assertThat(number(file, "count(*) FILTER (WHERE abs(ListUnitPrice * PricingQuantity - ListCost) > 1e-9)"))
                .isZero();
        assertThat(number(file, "count(*) FILTER (WHERE SubAccountId = '__idle__' AND ResourceType <> 'Node')"))
                .isZero();
        assertThat(number(file, "count(*) FILTER (WHERE ResourceId IS NULL OR RegionId <> 'eu-west-1')"))
                .isZero();
        assertThat(number(file, "count(*) FILTER (WHERE Tags LIKE '%app.kubernetes.io/name%')"))
                .isPositive();
    }

    /** A name that another machine takes over in the second day. */
    @ParameterizedTest
    @CsvSource({"DAY, 2", "HOUR, 30"})
    void aNodeIsWhatItWasInThePeriodSeed8(Period period, int periods) throws Exception {
        List<ClosedHour> hours = hours(8).stream()
                .map(hour -> hour.start().isBefore(at(24)) ? hour : moved(hour))
                .toList();
        Path file = exported(hours, new FocusExport(WINDOW, period, Form.PARQUET));
        assertThat(number(file, "count(DISTINCT ChargePeriodStart)")).isEqualByComparingTo(String.valueOf(periods));
        assertThat(number(
                        file,
                        "count(*) FILTER (WHERE (ChargePeriodStart < '2026-11-30')"
                                + " <> (RegionId = 'eu-west-1' AND PricingCategory = 'Dynamic'))"))
                .isZero();
        assertThat(number(file, "sum(BilledCost)")).isEqualByComparingTo(bill(hours));
    }

    private static ClosedHour moved(ClosedHour hour) {
        return new ClosedHour(
                hour.start(),
                hour.pods(),
                hour.nodes().stream()
                        .map(node -> new NodeHour(
                                new NodeHour.Node(node.node().name(), "c5.large", "us-east-1", "", "on-demand", ""),
                                node.span(),
                                node.offered(),
                                node.pricePerHour(),
                                node.bill(),
                                node.idle(),
                                node.estimatedShare(),
                                node.origin()))
                        .toList());
    }

    /** From 22:00 to 05:00 of the next day. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        DAY  | 2026-11-29T22:00:00Z 2026-11-30T00:00:00Z, 2026-11-30T00:00:00Z 2026-11-30T05:00:00Z
        HOUR | 2026-11-29T22:00:00Z 2026-11-29T23:00:00Z, 2026-11-30T04:00:00Z 2026-11-30T05:00:00Z
        """)
    void aPeriodEndsWithTheWindow(Period period, String firstAndLast) throws Exception {
        Path file = exported(hours(9), new FocusExport(new Span(at(22), at(29)), period, Form.PARQUET));
        List<String> found = new ArrayList<>();
        asked(file, "DISTINCT ChargePeriodStart || ' ' || ChargePeriodEnd AS period", rows -> {
            while (rows.next()) found.add(rows.getString(1));
        });
        assertThat(List.of(Collections.min(found), Collections.max(found)))
                .isEqualTo(List.of(firstAndLast.split(", ")));
    }

    @Test
    void partsPutTogetherAreTheWholeSeed10() throws Exception {
        List<ClosedHour> hours = hours(10);
        List<Path> parts = List.of(folder.resolve("it's one"), folder.resolve("two"));
        Path joined = folder.resolve("joined");
        try (Ledger ledger = Ledger.open(folder.resolve("ledger"), new Ledger.Settings(128, 2, 1000))) {
            for (ClosedHour hour : hours) ledger.write(hour);
            ledger.export(new FocusExport(new Span(START, at(24)), Period.DAY, Form.PARQUET), List.of(), parts.get(0));
            ledger.export(new FocusExport(new Span(at(24), at(30)), Period.DAY, Form.PARQUET), List.of(), parts.get(1));
            ledger.join(parts, joined);
        }
        assertThat(number(joined, "sum(BilledCost)")).isEqualByComparingTo(bill(hours));
        assertThat(number(joined, "count(DISTINCT ChargePeriodStart)")).isEqualByComparingTo("2");
        assertThat(perSubAccount(joined)).isEqualTo(expected(hours));
    }

    @ParameterizedTest
    @EnumSource(
            value = Form.class,
            names = {"CSV", "CSV_ROWS"})
    void onlyTheFirstPartNamesTheColumns(Form form) throws Exception {
        Path file = exported(hours(5), new FocusExport(WINDOW, Period.DAY, form));
        assertThat(Files.readAllLines(file).getFirst().startsWith("AvailabilityZone,BilledCost,"))
                .isEqualTo(form == Form.CSV);
    }

    @Test
    void anHourThatIsNotWrittenYetCountsToo() throws Exception {
        ClosedHour more = new RandomHours(6).hour(at(40));
        Path file = folder.resolve("out");
        try (Ledger ledger = Ledger.open(folder.resolve("ledger"), new Ledger.Settings(128, 2, 1000))) {
            ledger.export(new FocusExport(new Span(at(40), at(41)), Period.HOUR, Form.CSV), List.of(more), file);
        }
        assertThat(number(file, "sum(BilledCost)")).isEqualByComparingTo(more.bill());
    }

    /** Where it is installed, see docs/cost.md. */
    @ParameterizedTest
    @CsvSource({"CSV, csv", "PARQUET, parquet"})
    void theFinOpsFoundationsValidatorFailsNothingThatCanPass(Form form, String ending) throws Exception {
        Path file = exported(hours(7), new FocusExport(WINDOW, Period.DAY, form));
        Path named = Files.move(file, folder.resolve("focus." + ending));
        Process validator = new ProcessBuilder("../bin/focus", "--installed", named.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(validator.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(validator.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assumeTrue(validator.exitValue() != 3, "focus-validator is not installed: bin/focus FILE does so");
        assertThat(validator.exitValue()).as(said).isZero();
        assertThat(said).contains("Pass: 260 | Fail: 1");
    }

    private Path exported(List<ClosedHour> hours, FocusExport export) throws LedgerException {
        Path file = folder.resolve("out");
        try (Ledger ledger = Ledger.open(folder.resolve("ledger"), new Ledger.Settings(128, 2, 1000))) {
            for (ClosedHour hour : hours) ledger.write(hour);
            ledger.compact(at(24));
            ledger.export(export, List.of(), file);
        }
        return file;
    }

    private static Map<String, BigDecimal> perSubAccount(Path file) throws Exception {
        Map<String, BigDecimal> paid = new TreeMap<>();
        asked(file, "SubAccountId, sum(BilledCost)", rows -> {
            while (rows.next()) paid.put(rows.getString(1), rows.getBigDecimal(2));
        });
        return paid;
    }

    private static BigDecimal number(Path file, String what) throws Exception {
        List<BigDecimal> found = new ArrayList<>();
        asked(file, what, rows -> {
            while (rows.next()) found.add(rows.getBigDecimal(1));
        });
        return found.getFirst();
    }

    private interface Reader {
        void read(ResultSet rows) throws Exception;
    }

    private static void asked(Path file, String what, Reader reader) throws Exception {
        boolean csv = Files.readString(file, StandardCharsets.ISO_8859_1).startsWith("Avail");
        String source = csv
                ? ("read_csv('%s', types = {'BilledCost': 'DECIMAL(18, 12)', 'EffectiveCost': 'DECIMAL(18, 12)',"
                        + " 'ListCost': 'DECIMAL(18, 12)', 'ContractedCost': 'DECIMAL(18, 12)'})")
                : "read_parquet('%s')";
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT %s FROM %s GROUP BY ALL".formatted(what, source.formatted(file)))) {
            reader.read(rows);
        }
    }

    private static List<ClosedHour> hours(long seed) {
        RandomHours random = new RandomHours(seed);
        List<ClosedHour> hours = new ArrayList<>();
        for (int i = 0; i < HOURS; i++) hours.add(random.hour(at(i)));
        return hours;
    }

    private static Map<String, BigDecimal> expected(List<ClosedHour> hours) {
        Map<String, BigDecimal> expected = hours.stream()
                .flatMap(hour -> hour.pods().stream())
                .collect(Collectors.toMap(
                        pod -> pod.pod().namespace(),
                        (PodHour pod) -> pod.costs().total(),
                        BigDecimal::add,
                        TreeMap::new));
        expected.put(
                "__idle__",
                hours.stream()
                        .flatMap(hour -> hour.nodes().stream())
                        .map(node -> node.idle().total())
                        .reduce(BigDecimal.ZERO, BigDecimal::add));
        return expected;
    }

    private static BigDecimal bill(List<ClosedHour> hours) {
        return hours.stream().map(ClosedHour::bill).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Instant at(int hour) {
        return START.plus(Duration.ofHours(hour));
    }
}
