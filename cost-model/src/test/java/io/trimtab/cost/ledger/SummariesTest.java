package io.trimtab.cost.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.account.Amounts;
import io.trimtab.cost.account.ClosedHour;
import io.trimtab.cost.account.ResourceCosts;
import io.trimtab.cost.allocation.AllocationRequest.Grouping;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.ledger.Account.NodeRow;
import io.trimtab.cost.ledger.Account.Row;
import io.trimtab.cost.ledger.Account.Step;
import io.trimtab.cost.ledger.AccountFilter.Condition;
import io.trimtab.cost.ledger.AccountFilter.Field;
import io.trimtab.cost.ledger.AccountFilter.Match;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is summed up beside the rows says what the rows say. */
class SummariesTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Grouping NAMESPACE = new Grouping.ByNamespace();

    /** Met by all, and not about namespaces: so the rows themselves are summed up. */
    private static final AccountFilter ANY_POD = condition(new Field.Pod(), Match.CONTAINS, "");

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32, 33})
    void theySayWhatTheRowsSay(long seed) throws Exception {
        try (Ledger ledger = filled(seed, 30)) {
            ledger.compact(at(24));
            for (Optional<Duration> step : List.of(Optional.<Duration>empty(), Optional.of(Duration.ofHours(7)))) {
                Account summed = ledger.account(new AccountQuery(window(30), List.of(NAMESPACE), step, none()));
                Account rows = ledger.account(new AccountQuery(window(30), List.of(NAMESPACE), step, ANY_POD));
                assertThat(summed.steps().stream().map(Step::rows))
                        .isEqualTo(rows.steps().stream().map(Step::rows).toList());
            }
            assertThat(files("summaries")).as("a day and six hours").hasSize(7);
        }
    }

    /** Asked for again and again, while it grows. */
    @Test
    void anHourThatIsNotWrittenIsSummedUpOnceSeed30() throws Exception {
        AccountQuery summed = new AccountQuery(window(30), List.of(NAMESPACE), Optional.empty(), none());
        AccountQuery rows = new AccountQuery(window(30), List.of(NAMESPACE), Optional.empty(), ANY_POD);
        try (Ledger ledger = filled(30, 3)) {
            for (int round = 0; round < 40; round++) {
                List<ClosedHour> more =
                        List.of(new RandomHours(100 + round).hour(at(3)), new RandomHours(200 + round).hour(at(4)));
                for (int again = 0; again < 2; again++)
                    assertThat(ledger.account(summed, more).steps().getFirst().rows())
                            .isEqualTo(ledger.account(rows, more)
                                    .steps()
                                    .getFirst()
                                    .rows());
            }
            assertThat(files("unfinished")).as("those of long ago are gone").hasSize(32);
        }
    }

    @Test
    void thoseOfAnHourThatIsReplacedGoWithItSeed34() throws Exception {
        ClosedHour other = new RandomHours(35).hour(at(2));
        List<ClosedHour> hours = hours(34, 4);
        try (Ledger ledger = filled(34, 4)) {
            ledger.write(other);
            hours.set(2, other);
            assertThat(paid(step(ledger, 4, none(), NAMESPACE))).isEqualTo(paid(hours));
            assertThat(files("summaries")).hasSize(4);
        }
    }

    @ParameterizedTest
    @CsvSource({"cut", "gone"})
    void aDamagedOneIsMadeAgain(String damage) throws Exception {
        filled(36, 3).close();
        Path file = files("summaries").getFirst();
        byte[] content = Files.readAllBytes(file);
        if (damage.equals("gone")) Files.delete(file);
        else Files.write(file, java.util.Arrays.copyOf(content, content.length / 2));
        try (Ledger ledger = Ledger.open(folder, new Ledger.Settings(128, 2, 1000))) {
            assertThat(paid(step(ledger, 3, none(), NAMESPACE))).isEqualTo(paid(hours(36, 3)));
            assertThat(files("summaries")).hasSize(3);
            assertThat(Files.readAllBytes(file)).isEqualTo(content);
            assertThat(ledger.troubles()).isEmpty();
        }
    }

    /** As on a full disk. */
    @Test
    void whereNoneOfAnHourCanBeMadeItsRowsCountOnceSeed38() throws Exception {
        List<ClosedHour> more = List.of(new RandomHours(101).hour(at(3)), new RandomHours(102).hour(at(4)));
        try (Ledger ledger = filled(38, 3)) {
            for (Path file : files("unfinished")) Files.delete(file);
            Files.delete(folder.resolve("unfinished"));
            Files.writeString(folder.resolve("unfinished"), "a file where the folder should be");
            AccountQuery summed = new AccountQuery(window(5), List.of(NAMESPACE), Optional.empty(), none());
            AccountQuery rows = new AccountQuery(window(5), List.of(NAMESPACE), Optional.empty(), ANY_POD);
            Step step = ledger.account(summed, more).steps().getFirst();
            assertThat(step.rows())
                    .isEqualTo(ledger.account(rows, more).steps().getFirst().rows());
            assertThat(step.residual()).isZero();
            Files.delete(folder.resolve("unfinished"));
            Files.createDirectory(folder.resolve("unfinished"));
        }
    }

    @Test
    void whereNoneCanBeMadeTheRowsAnswer() throws Exception {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("summaries"), "a file where the folder should be");
        try (Ledger ledger = filled(37, 3)) {
            assertThat(paid(step(ledger, 3, none(), NAMESPACE))).isEqualTo(paid(hours(37, 3)));
        }
    }

    /** RandomHours asks for half a core of which half is used, and for 1 GiB of which 2 are. */
    @Test
    void rowsHaveWhatWasAskedForAndUsed() throws Exception {
        try (Ledger ledger = filled(38, 5)) {
            for (Row row : step(ledger, 5, none(), NAMESPACE).rows()) {
                BigDecimal pods = row.memory().requested();
                assertThat(row.cpu())
                        .isEqualTo(new Amounts(
                                pods.multiply(new BigDecimal("0.5")),
                                pods.multiply(new BigDecimal("0.25")),
                                pods.multiply(new BigDecimal("0.5"))));
                assertThat(row.memory().charged()).isEqualByComparingTo(pods.multiply(new BigDecimal(2)));
                assertThat(row.span().start()).isBetween(at(0), at(5));
                assertThat(row.span().end()).isAfter(row.span().start());
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {39, 40})
    void nodesHaveTheBillAndItsIdlePart(long seed) throws Exception {
        try (Ledger ledger = filled(seed, 9)) {
            AccountQuery query = new AccountQuery(window(9), List.of(), Optional.of(Duration.ofHours(4)), none());
            List<Step> steps = ledger.account(query).steps();
            var nodes = ledger.nodes(query, List.of());
            assertThat(nodes).hasSize(3);
            for (int i = 0; i < nodes.size(); i++) {
                List<NodeRow> rows = nodes.get(i).rows();
                assertThat(nodes.get(i).span()).isEqualTo(steps.get(i).span());
                assertThat(sum(rows.stream().map(NodeRow::bill)).total())
                        .isEqualByComparingTo(steps.get(i).bill());
                assertThat(sum(rows.stream().map(NodeRow::idle)))
                        .isEqualTo(steps.get(i).idle());
                assertThat(steps.get(i).rows()).as("without a grouping").hasSizeBetween(0, 1);
                assertThat(rows).extracting(row -> row.node().name()).isSorted();
                assertThat(rows)
                        .allSatisfy(row -> assertThat(row.offered().coreHours().remainder(new BigDecimal(2)))
                                .isZero())
                        .allSatisfy(row -> assertThat(row.node().capacityType()).isEqualTo("spot"));
            }
            AccountQuery one = new AccountQuery(
                    window(9), List.of(), Optional.empty(), condition(new Field.Node(), Match.EQUALS, "n1"));
            assertThat(ledger.nodes(one, List.of()).getFirst().rows())
                    .extracting(row -> row.node().name())
                    .containsExactly("n1");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        either               | shop,data
        either, and its kind | shop
        neither              | kube-system
        a fixed one          | shop,data,kube-system
        none                 |
        """)
    void filtersAreNested(String name, String expected) throws Exception {
        AccountFilter shop = condition(new Field.Namespace(), Match.EQUALS, "shop");
        AccountFilter data = condition(new Field.Namespace(), Match.EQUALS, "data");
        AccountFilter quoted = condition(new Field.Namespace(), Match.CONTAINS, "quoted");
        AccountFilter either = new AccountFilter.Any(List.of(shop, data));
        AccountFilter filter = switch (name) {
            case "either" -> either;
            case "either, and its kind" ->
                either.and(new AccountFilter.Not(data))
                        .and(condition(new Field.ControllerKind(), Match.EQUALS, "deployment"));
            case "neither" -> new AccountFilter.Not(new AccountFilter.Any(List.of(either, quoted)));
            case "a fixed one" ->
                condition(new Field.Fixed("cluster-one"), Match.EQUALS, "cluster-one")
                        .and(new AccountFilter.Not(quoted));
            default -> condition(new Field.Fixed("cluster-one"), Match.EQUALS, "cluster-two");
        };
        try (Ledger ledger = filled(41, 12)) {
            Step step = step(ledger, 12, filter, NAMESPACE);
            assertThat(step.residual()).isZero();
            assertThat(step.rows().stream().map(Row::key))
                    .containsExactlyInAnyOrder(expected == null ? new String[0] : expected.split(","));
        }
    }

    @Test
    void aLabelMayBeNamedAsPrometheusWritesIt() throws Exception {
        try (Ledger ledger = filled(42, 6)) {
            Step exact = step(ledger, 6, none(), new Grouping.ByLabel("app.kubernetes.io/name"));
            assertThat(exact.rows()).hasSize(3);
            assertThat(step(ledger, 6, none(), new Grouping.ByLabel("app_kubernetes_io_name")))
                    .isEqualTo(exact);
            assertThat(step(
                                    ledger,
                                    6,
                                    condition(new Field.Label("app_kubernetes_io_name"), Match.EQUALS, "a1"),
                                    new Grouping.ByLabel("app.kubernetes.io/name"))
                            .rows())
                    .extracting(Row::key)
                    .containsExactly("a1");
        }
    }

    private static AccountFilter none() {
        return AccountFilter.none();
    }

    private static AccountFilter condition(Field field, Match match, String value) {
        return new Condition(field, false, match, List.of(value));
    }

    private Ledger filled(long seed, int hours) throws LedgerException {
        Ledger ledger = Ledger.open(folder, new Ledger.Settings(128, 2, 1000));
        for (ClosedHour hour : hours(seed, hours)) ledger.write(hour);
        return ledger;
    }

    private static List<ClosedHour> hours(long seed, int count) {
        RandomHours random = new RandomHours(seed);
        List<ClosedHour> hours = new ArrayList<>(count);
        for (int i = 0; i < count; i++) hours.add(random.hour(at(i)));
        return hours;
    }

    private static Step step(Ledger ledger, int hours, AccountFilter filter, Grouping grouping) throws LedgerException {
        return ledger.account(new AccountQuery(window(hours), List.of(grouping), Optional.empty(), filter))
                .steps()
                .getFirst();
    }

    private static Map<String, BigDecimal> paid(Step step) {
        return step.rows().stream()
                .collect(Collectors.toMap(Row::key, row -> row.costs().total(), BigDecimal::add, TreeMap::new));
    }

    private static Map<String, BigDecimal> paid(List<ClosedHour> hours) {
        return hours.stream()
                .flatMap(hour -> hour.pods().stream())
                .collect(Collectors.toMap(
                        row -> row.pod().namespace(), row -> row.costs().total(), BigDecimal::add, TreeMap::new));
    }

    private static ResourceCosts sum(Stream<ResourceCosts> costs) {
        return costs.reduce(ResourceCosts.NONE, ResourceCosts::plus);
    }

    private static Instant at(int hour) {
        return START.plus(Duration.ofHours(hour));
    }

    private static Span window(int hours) {
        return new Span(at(0), at(hours));
    }

    private List<Path> files(String kind) throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve(kind))) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
