package io.trimtab.cost.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.trimtab.cost.account.ClosedHour;
import io.trimtab.cost.account.PodHour;
import io.trimtab.cost.account.ResourceCosts;
import io.trimtab.cost.allocation.AllocationRequest.Grouping;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.ledger.Account.Row;
import io.trimtab.cost.ledger.Account.Step;
import io.trimtab.cost.ledger.AccountFilter.Condition;
import io.trimtab.cost.ledger.AccountFilter.Field;
import io.trimtab.cost.ledger.AccountFilter.Match;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Ledger.Settings SMALL = new Ledger.Settings(128, 2, 1000);
    private static final List<Grouping> NAMESPACE = List.of(new Grouping.ByNamespace());

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void whatEachPaidIsWhatTheHoursSay(long seed) throws Exception {
        List<ClosedHour> hours = hours(seed, 30);
        try (Ledger ledger = filled(hours)) {
            Step step = whole(ledger, 30, AccountFilter.none(), NAMESPACE);
            assertThat(paid(step)).isEqualTo(expected(hours));
            assertThat(step.bill()).isEqualByComparingTo(bill(hours));
            assertThat(step.residual()).isZero();
            assertThat(step.rows())
                    .allSatisfy(row -> assertThat(row.costs().total()).isPositive());
            // Half of the CPU that is charged is used, and all of the memory.
            assertThat(step.rows())
                    .allSatisfy(row -> assertThat(row.efficiency()).isBetween(new BigDecimal("0.5"), BigDecimal.ONE));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4, 5})
    void partsOfAWindowSumToTheWhole(long seed) throws Exception {
        try (Ledger ledger = filled(hours(seed, 30))) {
            Account parts = ledger.account(
                    new AccountQuery(window(0, 30), NAMESPACE, Optional.of(Duration.ofHours(7)), AccountFilter.none()));
            Step whole = whole(ledger, 30, AccountFilter.none(), NAMESPACE);
            assertThat(parts.steps())
                    .hasSize(5)
                    .allSatisfy(step -> assertThat(step.residual()).isZero());
            assertThat(parts.steps().getLast().span()).isEqualTo(window(28, 30));
            Map<String, BigDecimal> summed = new TreeMap<>();
            parts.steps().forEach(step -> paid(step).forEach((key, cost) -> summed.merge(key, cost, BigDecimal::add)));
            assertThat(summed).isEqualTo(paid(whole));
            assertThat(parts.steps().stream().map(Step::bill).reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(whole.bill());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {6, 7})
    void aTenantPaysTheSameFilteredOrNot(long seed) throws Exception {
        try (Ledger ledger = filled(hours(seed, 26))) {
            for (Row row : whole(ledger, 26, AccountFilter.none(), NAMESPACE).rows()) {
                Step alone =
                        whole(ledger, 26, filter(new Field.Namespace(), false, Match.EQUALS, row.key()), NAMESPACE);
                assertThat(alone.rows()).containsExactly(row);
                assertThat(alone.bill()).isEqualByComparingTo(row.costs().total());
                assertThat(alone.idle()).isEqualTo(ResourceCosts.NONE);
                assertThat(alone.residual()).isZero();
            }
        }
    }

    @Test
    void theOrderOfTheInputChangesNoByteSeed8() throws Exception {
        ClosedHour hour = new RandomHours(8).hour(START);
        List<PodHour> shuffled = new ArrayList<>(hour.pods());
        Collections.shuffle(shuffled, new Random(8));
        assertThat(shuffled).isNotEqualTo(hour.pods());
        List<List<Path>> written = new ArrayList<>();
        for (ClosedHour one :
                List.of(hour, new ClosedHour(START, shuffled, hour.nodes().reversed()))) {
            Path own = folder.resolve(String.valueOf(written.size()));
            try (Ledger ledger = Ledger.open(own, SMALL)) {
                ledger.write(one);
            }
            // The name holds the checksum of the content.
            written.add(files(own).stream().map(own::relativize).toList());
        }
        assertThat(written.get(0)).isEqualTo(written.get(1)).hasSize(2);
    }

    @Test
    void daysPutTogetherAndReadAgainSayTheSame() throws Exception {
        List<ClosedHour> hours = hours(9, 50);
        Step before;
        try (Ledger ledger = filled(hours)) {
            before = whole(ledger, 50, AccountFilter.none(), NAMESPACE);
            assertThat(ledger.compact(at(47))).containsExactly(day(1));
            assertThat(whole(ledger, 50, AccountFilter.none(), NAMESPACE)).isEqualTo(before);
        }
        try (Ledger ledger = Ledger.open(folder, SMALL)) {
            assertThat(ledger.hours())
                    .isEqualTo(hours.stream().map(ClosedHour::start).toList());
            assertThat(whole(ledger, 50, AccountFilter.none(), NAMESPACE)).isEqualTo(before);
            assertThat(ledger.compact(at(48))).containsExactly(day(2));
            assertThat(whole(ledger, 50, AccountFilter.none(), NAMESPACE)).isEqualTo(before);
            // Two days, and two hours of the third.
            assertThat(files(folder)).hasSize(8);
        }
    }

    @ParameterizedTest(name = "in a day of its own: {0}")
    @ValueSource(booleans = {false, true})
    void anHourThatIsWrittenAgainIsANewVersion(boolean compacted) throws Exception {
        List<ClosedHour> hours = new ArrayList<>(hours(10, 26));
        ClosedHour other = new RandomHours(11).hour(at(5));
        try (Ledger ledger = filled(hours)) {
            if (compacted) assertThat(ledger.compact(at(24))).hasSize(1);
            assertThat(ledger.write(other)).isEqualTo(2);
            hours.set(5, other);
            assertThat(paid(whole(ledger, 26, AccountFilter.none(), NAMESPACE))).isEqualTo(expected(hours));
        }
        try (Ledger ledger = Ledger.open(folder, SMALL)) {
            assertThat(paid(whole(ledger, 26, AccountFilter.none(), NAMESPACE))).isEqualTo(expected(hours));
            assertThat(ledger.write(other)).isEqualTo(3);
        }
        assertThat(files(folder.resolve("superseded")))
                .as("two versions of two kinds")
                .hasSize(4);
    }

    @Test
    void anHourThatWasLeftOutIsNamedAndMayComeLater() throws Exception {
        List<ClosedHour> hours = hours(12, 30);
        try (Ledger ledger = Ledger.open(folder, SMALL)) {
            for (ClosedHour hour : hours) if (!List.of(at(3), at(4), at(20)).contains(hour.start())) ledger.write(hour);
            ledger.compact(at(24));
            AccountQuery query = new AccountQuery(window(-5, 40), NAMESPACE, Optional.empty(), AccountFilter.none());
            assertThat(ledger.account(query).missing()).containsExactly(window(3, 5), window(20, 21));
            for (int hour : List.of(4, 20, 3))
                assertThat(ledger.write(hours.get(hour))).isEqualTo(1);
            Account full = ledger.account(query);
            assertThat(full.missing()).isEmpty();
            assertThat(paid(full.steps().getFirst())).isEqualTo(expected(hours));
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"pods, cut", "pods, flipped", "pods, empty", "nodes, cut", "nodes, flipped"})
    void aFileThatIsNotAsItWasWrittenIsPutAsideAndTheRestCounts(String kind, String damage) throws Exception {
        List<ClosedHour> hours = hours(13, 50);
        try (Ledger ledger = filled(hours)) {
            ledger.compact(at(48));
        }
        Path file = folder.resolve(kind).resolve("day=2026-11-01");
        damage(files(file).getFirst(), damage);
        damage(files(folder.resolve(kind).resolve("day=2026-11-03")).getFirst(), damage);
        try (Ledger ledger = Ledger.open(folder, SMALL)) {
            AccountQuery query = new AccountQuery(window(0, 50), NAMESPACE, Optional.empty(), AccountFilter.none());
            Account account = ledger.account(query);
            List<ClosedHour> left = new ArrayList<>(hours.subList(24, 48));
            left.add(hours.get(49));
            assertThat(paid(account.steps().getFirst())).isEqualTo(expected(left));
            assertThat(account.steps().getFirst().residual()).isZero();
            assertThat(account.missing()).containsExactly(window(0, 24), window(48, 49));
            assertThat(account.damaged()).isEqualTo(account.missing());
            assertThat(ledger.troubles())
                    .hasSize(2)
                    .anySatisfy(line -> assertThat(line).contains("day of 2026-11-01", "corrupt"))
                    .anySatisfy(line -> assertThat(line).contains("hour-00 of 2026-11-03"));
            assertThat(files(folder.resolve("corrupt"))).hasSize(4);
            assertThat(ledger.write(hours.get(3)))
                    .as("and may be written again")
                    .isEqualTo(1);
        }
    }

    /** The same day was told by a process before this one, and still has no rows. */
    @Test
    void whatIsDamagedIsToldBeforeAnybodyAsksAndAtEachStart() throws Exception {
        try (Ledger ledger = filled(hours(13, 26))) {
            ledger.compact(at(24));
        }
        damage(files(folder.resolve("nodes/day=2026-11-01")).getFirst(), "flipped");
        AccountQuery query = new AccountQuery(window(3, 26), NAMESPACE, Optional.empty(), AccountFilter.none());
        for (int start = 0; start < 2; start++) {
            try (Ledger ledger = Ledger.open(folder, SMALL)) {
                assertThat(ledger.troubles()).hasSize(start);
                ledger.verify();
                assertThat(ledger.troubles()).singleElement().asString().contains("day of 2026-11-01");
                assertThat(ledger.account(query).damaged()).containsExactly(window(3, 24));
                assertThat(ledger.account(query).missing()).containsExactly(window(3, 24));
                assertThat(whole(ledger, 24, 26).residual()).isZero();
            }
        }
        try (Ledger ledger = Ledger.open(folder, SMALL)) {
            assertThat(ledger.write(new RandomHours(13).hour(at(3)))).isEqualTo(1);
            assertThat(ledger.account(query).damaged()).as("but for that hour").containsExactly(window(4, 24));
            ledger.write(new RandomHours(13).hour(at(48)));
            ledger.retain(new Retention(1, Long.MAX_VALUE));
            assertThat(ledger.troubles()).as("it goes with its day").isEmpty();
        }
    }

    /** Several questions of one request: what closes between them changes no answer. */
    @ParameterizedTest(name = "by namespace: {0}")
    @ValueSource(booleans = {true, false})
    void anHourThatIsGivenCountsAsItIsGivenSeed40(boolean summed) throws Exception {
        List<ClosedHour> hours = hours(40, 4);
        ClosedHour underWay = new RandomHours(41).hour(at(3));
        List<Grouping> groupings = summed ? NAMESPACE : List.of(new Grouping.ByNamespace(), new Grouping.ByNode());
        AccountQuery query = new AccountQuery(window(0, 4), groupings, Optional.empty(), AccountFilter.none());
        try (Ledger ledger = filled(hours.subList(0, 3))) {
            assertThat(ledger.lacked(List.of(hours.get(2), underWay))).containsExactly(underWay);
            Account before = ledger.account(query, List.of(underWay));
            ledger.write(hours.get(3));
            assertThat(ledger.account(query, List.of(underWay))).isEqualTo(before);
            assertThat(ledger.nodes(query, List.of(underWay)).getFirst().rows().stream()
                            .map(node -> node.bill().total())
                            .reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(before.steps().getFirst().bill());
            assertThat(ledger.lacked(List.of(underWay))).isEmpty();
            assertThat(ledger.account(query).steps().getFirst().bill()).isEqualByComparingTo(bill(hours));
            ledger.compact(at(24));
            assertThat(ledger.account(query, List.of(underWay))
                            .steps()
                            .getFirst()
                            .bill())
                    .as("once, as it is in its day")
                    .isEqualByComparingTo(bill(hours));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"pods", "nodes"})
    void anAnswerOfMoreRowsThanMemoryHoldsIsRefusedSeed42(String kind) throws Exception {
        List<ClosedHour> hours = hours(42, 8);
        AccountQuery query = new AccountQuery(
                window(0, 8),
                List.of(new Grouping.ByNode(), new Grouping.ByPod()),
                Optional.of(Duration.ofHours(1)),
                AccountFilter.none());
        int rows = hours.stream()
                .mapToInt(hour ->
                        kind.equals("pods") ? hour.pods().size() : hour.nodes().size())
                .sum();
        filled(hours).close();
        try (Ledger enough = Ledger.open(folder, new Ledger.Settings(128, 2, rows))) {
            assertThat(asked(enough, kind, query)).isEqualTo(rows);
        }
        try (Ledger less = Ledger.open(folder, new Ledger.Settings(128, 2, rows - 1))) {
            assertThatThrownBy(() -> asked(less, kind, query))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(
                            "window (2026-11-01T00:00:00Z to 2026-11-01T08:00:00Z) has more than %d rows"
                                    .formatted(rows - 1))
                    .hasMessageContaining("coarser aggregate");
        }
    }

    private static int asked(Ledger ledger, String kind, AccountQuery query) throws LedgerException {
        return kind.equals("pods")
                ? ledger.account(query).steps().stream()
                        .mapToInt(step -> step.rows().size())
                        .sum()
                : ledger.nodes(query, List.of()).stream()
                        .mapToInt(step -> step.rows().size())
                        .sum();
    }

    /** Hours are looked for in all days, under a lock that lets none be put aside. */
    @Test
    void aDamagedDayOutsideOfTheWindowIsPutAsideToo() throws Exception {
        List<ClosedHour> hours = hours(13, 50);
        try (Ledger ledger = filled(hours)) {
            ledger.compact(at(48));
        }
        damage(files(folder.resolve("pods/day=2026-11-01")).getFirst(), "cut");
        try (Ledger ledger = Ledger.open(folder, SMALL)) {
            AccountQuery query = new AccountQuery(window(48, 50), NAMESPACE, Optional.empty(), AccountFilter.none());
            Account account = assertTimeoutPreemptively(Duration.ofSeconds(60), () -> ledger.account(query));
            assertThat(paid(account.steps().getFirst())).isEqualTo(expected(hours.subList(48, 50)));
            assertThat(ledger.troubles()).singleElement().asString().contains("day of 2026-11-01");
        }
    }

    @Test
    void whatAnEndWithoutWarningLeavesIsRemoved() throws Exception {
        List<ClosedHour> hours = hours(14, 24);
        try (Ledger ledger = filled(hours)) {
            ledger.compact(at(24));
        }
        Path day = folder.resolve("nodes/day=2026-11-01");
        Files.copy(files(day).getFirst(), day.resolve("hour-03.v1.00000000.parquet"));
        Files.copy(files(day).getFirst(), day.resolve("day.v2.00000000.parquet"));
        Files.writeString(folder.resolve("unfinished/pods.parquet"), "half");
        try (Ledger ledger = Ledger.open(folder, SMALL)) {
            assertThat(paid(whole(ledger, 24, AccountFilter.none(), NAMESPACE))).isEqualTo(expected(hours));
            assertThat(files(folder)).hasSize(2);
        }
    }

    /** Besides the newest, which is under way; after a pause as many as before. */
    @ParameterizedTest(name = "{0} days of 1, 2, 3 and {1}")
    @CsvSource({"3, 4, 1", "2, 4, 2", "1, 4, 3", "2, 40, 2", "1, 40, 3"})
    void wholeDaysAreKeptAsManyAsAreAskedForSeed15(int days, int newest, int first) throws Exception {
        List<ClosedHour> hours = hours(15, 72);
        hours.add(new RandomHours(15).hour(at(24 * (newest - 1))));
        try (Ledger ledger = filled(hours)) {
            ledger.compact(at(48));
            assertThat(ledger.retain(new Retention(days, Long.MAX_VALUE)))
                    .containsExactlyElementsOf(
                            IntStream.range(1, first).mapToObj(LedgerTest::day).toList());
            assertThat(ledger.hours()).hasSize(24 * (4 - first) + 1).first().isEqualTo(at(24 * (first - 1)));
            assertThat(whole(ledger, 0, 24 * newest).bill())
                    .isEqualByComparingTo(bill(hours.subList(24 * (first - 1), hours.size())));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1, days (0) must be in 1..3660", "3661, 1, days (3661)", "1, 0, bytes (0) must be >= 1"})
    void aRetentionThatKeepsNothingIsRefused(int days, long bytes, String said) {
        assertThatThrownBy(() -> new Retention(days, bytes)).hasMessageContaining(said);
    }

    @Test
    void theOldestDaysGoWhereAllTogetherAreTooLarge() throws Exception {
        try (Ledger ledger = filled(hours(15, 72))) {
            ledger.compact(at(72));
            assertThat(ledger.retain(new Retention(9, bytes(day(1)) + bytes(day(2)) + bytes(day(3)))))
                    .isEmpty();
            assertThat(ledger.retain(new Retention(9, bytes(day(2)) + bytes(day(3)))))
                    .containsExactly(day(1));
            assertThat(ledger.retain(new Retention(9, 1)))
                    .as("never the newest")
                    .containsExactly(day(2));
            assertThat(ledger.hours()).hasSize(24).first().isEqualTo(at(48));
        }
    }

    private long bytes(LocalDate day) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList())
                if (file.getParent().getFileName().toString().equals("day=" + day)) bytes += Files.size(file);
        }
        return bytes;
    }

    @Test
    void oneProcessWritesAtATime() throws Exception {
        try (Ledger first = Ledger.open(folder, SMALL)) {
            assertThat(first.hours()).isEmpty();
            assertThatThrownBy(() -> Ledger.open(folder, SMALL))
                    .isInstanceOfSatisfying(
                            LedgerException.class,
                            refused -> assertThat(refused.kind()).isEqualTo(LedgerException.Kind.TAKEN));
        }
        Ledger.open(folder, SMALL).close();
    }

    @Test
    void anEmptyLedgerAnswersNothingAtAll() throws Exception {
        try (Ledger ledger = Ledger.open(folder, SMALL)) {
            Step step = whole(ledger, 24, AccountFilter.none(), NAMESPACE);
            assertThat(step.rows()).isEmpty();
            assertThat(step.bill()).isZero();
            assertThat(step.estimatedShare()).isZero();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"controller", "node", "pod", "label", "namespace and label"})
    void eachGroupingSumsToTheBill(String name) throws Exception {
        Grouping label = new Grouping.ByLabel("app.kubernetes.io/name");
        List<Grouping> groupings = switch (name) {
            case "controller" -> List.of(new Grouping.ByController());
            case "node" -> List.of(new Grouping.ByNode());
            case "pod" -> List.of(new Grouping.ByPod());
            case "label" -> List.of(label);
            default -> List.of(new Grouping.ByNamespace(), label);
        };
        List<ClosedHour> hours = hours(16, 12);
        try (Ledger ledger = filled(hours)) {
            Step step = whole(ledger, 12, AccountFilter.none(), groupings);
            assertThat(step.residual()).isZero();
            assertThat(step.bill()).isEqualByComparingTo(bill(hours));
            List<String> keys = step.rows().stream().map(Row::key).toList();
            assertThat(keys)
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .contains(
                            switch (name) {
                                case "controller" -> "Deployment/web-1";
                                case "node" -> "n1";
                                case "pod" -> "shop/p0-0";
                                case "label" -> "__unallocated__";
                                default -> "shop/a1";
                            });
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        namespace    | false | EQUALS      | shop
        namespace    | true  | EQUALS      | shop
        namespace    | false | EQUALS      | it's "quoted"
        namespace    | false | STARTS_WITH | kube-
        controller   | false | CONTAINS    | eb-
        kind         | true  | EQUALS      | Deployment
        pod          | false | ENDS_WITH   | -0
        node         | false | EQUALS      | n1
        label        | false | EQUALS      | a1
        """)
    void filtersKeepWhatMatches(String field, boolean not, Match match, String value) throws Exception {
        List<ClosedHour> hours = hours(17, 8);
        Field looked = switch (field) {
            case "namespace" -> new Field.Namespace();
            case "controller" -> new Field.Controller();
            case "kind" -> new Field.ControllerKind();
            case "pod" -> new Field.Pod();
            case "node" -> new Field.Node();
            default -> new Field.Label("app.kubernetes.io/name");
        };
        Map<String, BigDecimal> kept = expected(hours, row -> {
            String seen = switch (field) {
                case "namespace" -> row.pod().namespace();
                case "controller" -> row.pod().controller();
                case "kind" -> row.pod().controllerKind();
                case "pod" -> row.pod().name();
                case "node" -> row.node();
                default -> row.pod().labels().getOrDefault("app.kubernetes.io/name", "");
            };
            boolean matches = switch (match) {
                case EQUALS -> seen.equals(value);
                case CONTAINS -> seen.contains(value);
                case STARTS_WITH -> seen.startsWith(value);
                case ENDS_WITH -> seen.endsWith(value);
            };
            return matches != not;
        });
        assertThat(kept).isNotEmpty();
        try (Ledger ledger = filled(hours)) {
            Step step = whole(ledger, 8, filter(looked, not, match, value), NAMESPACE);
            assertThat(paid(step)).isEqualTo(kept);
            assertThat(step.residual()).isZero();
            assertThat(step.idle().total().signum()).isEqualTo(field.equals("node") ? 1 : 0);
        }
    }

    /** With no word about our files but where they lie. */
    @Test
    void anotherProgramReadsTheFilesAsTheyAre() throws Exception {
        List<ClosedHour> hours = hours(18, 30);
        try (Ledger ledger = filled(hours)) {
            ledger.compact(at(24));
            ledger.write(new RandomHours(19).hour(at(3)));
            hours.set(3, new RandomHours(19).hour(at(3)));
        }
        String documented = Files.readString(Path.of("../docs/cost.md"));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            String pods = "read_parquet('%s/pods/*/*.parquet', hive_partitioning = true)".formatted(folder);
            Map<String, BigDecimal> paid = new TreeMap<>();
            try (ResultSet rows = statement.executeQuery(
                    "SELECT namespace, sum(cpu_cost + memory_cost + gpu_cost) FROM " + pods + " GROUP BY namespace")) {
                while (rows.next()) paid.put(rows.getString(1), rows.getBigDecimal(2));
            }
            assertThat(paid).isEqualTo(expected(hours));
            for (String kind : List.of("pods", "nodes")) {
                String file = "read_parquet('%s/%s/*/*.parquet', hive_partitioning = false)".formatted(folder, kind);
                try (ResultSet columns = statement.executeQuery("DESCRIBE SELECT * FROM " + file)) {
                    while (columns.next()) assertThat(documented).contains("`" + columns.getString(1) + "`");
                }
            }
        }
    }

    private static AccountFilter filter(Field field, boolean not, Match match, String value) {
        return new Condition(field, not, match, List.of("no such thing", value));
    }

    private Ledger filled(List<ClosedHour> hours) throws LedgerException {
        Ledger ledger = Ledger.open(folder, SMALL);
        for (ClosedHour hour : hours) assertThat(ledger.write(hour)).isEqualTo(1);
        return ledger;
    }

    private static List<ClosedHour> hours(long seed, int count) {
        RandomHours random = new RandomHours(seed);
        List<ClosedHour> hours = new ArrayList<>(count);
        for (int i = 0; i < count; i++) hours.add(random.hour(at(i)));
        return hours;
    }

    private static Step whole(Ledger ledger, int hours, AccountFilter filter, List<Grouping> groupings)
            throws LedgerException {
        Account account = ledger.account(new AccountQuery(window(0, hours), groupings, Optional.empty(), filter));
        assertThat(account.steps()).hasSize(1);
        assertThat(account.missing()).isEmpty();
        return account.steps().getFirst();
    }

    private static Step whole(Ledger ledger, int from, int to) throws LedgerException {
        return ledger.account(new AccountQuery(window(from, to), NAMESPACE, Optional.empty(), AccountFilter.none()))
                .steps()
                .getFirst();
    }

    private static Map<String, BigDecimal> paid(Step step) {
        return step.rows().stream()
                .collect(Collectors.toMap(
                        Row::key, row -> row.costs().total(), (_, _) -> BigDecimal.ZERO, TreeMap::new));
    }

    private static Map<String, BigDecimal> expected(List<ClosedHour> hours) {
        return expected(hours, _ -> true);
    }

    private static Map<String, BigDecimal> expected(
            List<ClosedHour> hours, java.util.function.Predicate<PodHour> counts) {
        return hours.stream()
                .flatMap(hour -> hour.pods().stream())
                .filter(counts)
                .collect(Collectors.toMap(
                        row -> row.pod().namespace(), row -> row.costs().total(), BigDecimal::add, TreeMap::new));
    }

    private static BigDecimal bill(List<ClosedHour> hours) {
        return hours.stream().map(ClosedHour::bill).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Instant at(int hour) {
        return START.plus(Duration.ofHours(hour));
    }

    private static Span window(int from, int to) {
        return new Span(at(from), at(to));
    }

    private static LocalDate day(int number) {
        return LocalDate.of(2026, 11, number);
    }

    private static void damage(Path file, String how) throws IOException {
        byte[] content = Files.readAllBytes(file);
        switch (how) {
            case "cut" -> content = java.util.Arrays.copyOf(content, content.length / 2);
            case "flipped" -> content[content.length / 3] ^= 1;
            default -> content = new byte[0];
        }
        Files.write(file, content);
    }

    /** Those that count, and those in the given folder. */
    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(".parquet"))
                    .filter(file ->
                            !folder.relativize(file).toString().matches("(summaries|superseded|corrupt|unfinished)/.*"))
                    .sorted()
                    .toList();
        }
    }
}
