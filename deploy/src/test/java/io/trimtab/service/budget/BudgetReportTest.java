package io.trimtab.service.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.trimtab.cost.account.Amounts;
import io.trimtab.cost.account.ClosedHour;
import io.trimtab.cost.account.NodeHour;
import io.trimtab.cost.account.Observation;
import io.trimtab.cost.account.PodHour;
import io.trimtab.cost.account.PriceOrigin;
import io.trimtab.cost.account.ResourceCosts;
import io.trimtab.cost.allocation.AllocationRequest.Grouping;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.budget.Spender;
import io.trimtab.cost.ledger.Ledger;
import io.trimtab.cost.ledger.Retention;
import io.trimtab.cost.prices.PriceBook;
import io.trimtab.service.account.AccountException;
import io.trimtab.service.account.CostAccount;
import io.trimtab.service.view.BudgetsView;
import io.trimtab.service.view.BudgetsView.Row;
import io.trimtab.service.view.BudgetsView.State;
import io.trimtab.service.view.BudgetsView.Unusual;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An account of a shop, which pays 1 an hour, and a blog, which pays 0.25; 0.75 is idle. */
class BudgetReportTest {
    private static final Instant MONTH = Instant.parse("2026-11-01T00:00:00Z");
    private static final int DAY = 24;

    @TempDir
    private Path folder;

    @Test
    void aMonthOfWhatIsConstantIsForeseenToTheHour() throws Exception {
        fill(0, 8 * DAY, "1");
        Path file = budgets("""
            budgets:
            - {namespace: shop, perMonth: 500.5}
            - {namespace: gone, perMonth: 1}
            - {label: {app: blog}, perMonth: 40}
            """);
        List<BudgetsView> heard = new ArrayList<>();
        try (CostAccount account = account(8 * DAY);
                BudgetDesk desk = new BudgetDesk(account, new BudgetFile(file)::read, heard::add)) {
            account.observe(new Observation(hour(8 * DAY).plusSeconds(60), List.of(), List.of(), false));
            BudgetsView view = desk.view();
            assertThat(view.from()).isEqualTo(MONTH);
            assertThat(view.until()).isEqualTo(hour(8 * DAY));
            assertThat(view.to()).isEqualTo("2026-12-01T00:00:00Z");
            assertThat(view.rows()).extracting(Row::key).containsExactly("shop", "app=blog", "gone", "blog");
            assertThat(view.unusual()).isEmpty();
            Row shop = view.rows().getFirst();
            assertThat(shop.spent()).isEqualByComparingTo("192");
            assertThat(shop.forecast().total().doubleValue()).isCloseTo(720, within(0.02));
            assertThat(shop.forecast().low95()).isLessThan(shop.forecast().low80());
            assertThat(shop.state()).isEqualTo(State.BREACH_EXPECTED);
            assertThat(shop.breachAt()).isEqualTo(hour(501));
            Row label = view.rows().get(1);
            assertThat(label.spent()).isEqualByComparingTo("48");
            assertThat(label.state()).isEqualTo(State.BREACHED);
            assertThat(label.breachAt()).isEqualTo(hour(161));
            assertThat(view.rows().get(2).state()).isEqualTo(State.UNKNOWN);
            assertThat(view.rows().get(3).state()).isEqualTo(State.NONE);

            assertThat(desk.view()).as("asked again within the hour").isSameAs(view);
            Files.writeString(file, "budgets: [{namespace: shop, perMonth: 1000}]");
            BudgetsView changed = desk.view();
            assertThat(changed.rows()).extracting(Row::key).containsExactly("shop", "blog");
            assertThat(changed.rows().getFirst().state()).isEqualTo(State.WITHIN);
            Files.writeString(file, "budgets: [{namespace: shop, perMonth: -1}]");
            BudgetsView kept = desk.view();
            assertThat(kept.rows()).isEqualTo(changed.rows());
            assertThat(kept.troubles()).singleElement().asString().contains("perMonth (-1) must be above 0");

            assertThat(heard).containsExactly(view, changed, kept);
            assertThat(exposed(desk))
                    .contains("trimtab_budget_dollars{key=\"shop\",kind=\"namespace\"} 1000.0")
                    .contains("trimtab_budget_spent_dollars{key=\"shop\",kind=\"namespace\"} 192.0")
                    .contains("trimtab_budget_breach_expected{key=\"shop\",kind=\"namespace\"} 0.0")
                    .doesNotContain("blog");
        }
    }

    @Test
    void hoursInWhichNothingWasSeenAreNotHoursThatCostNothing() throws Exception {
        fill(0, 8 * DAY, "1");
        try (CostAccount account = account(8 * DAY + 5)) {
            double[] shop = new SpendHistory()
                    .of(account.snapshot(), new Grouping.ByNamespace(), Set.of(), hour(8 * DAY + 5))
                    .of("shop");
            assertThat(Arrays.copyOfRange(shop, shop.length - 6, shop.length))
                    .containsExactly(1, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
            assertThat(shop[shop.length - 5 - 8 * DAY - 1]).isNaN();
        }
    }

    @Test
    void whatIsUnusualNamesTheWorkloadsThatMovedIt() throws Exception {
        int now = 23 * DAY;
        fill(now - 3 - 7 * DAY, now - 7 * DAY, "1");
        fill(now - 3, now, "1.6");
        double[] history = new double[now];
        Arrays.fill(history, 1);
        Arrays.fill(history, now - 3, now, 1.6);
        try (CostAccount account = account(now)) {
            Unusual found = new UnusualSpends(account.snapshot())
                    .of(new Spender.Namespace("shop"), history, hour(now))
                    .orElseThrow();
            assertThat(found.since()).isEqualTo(hour(now - 3));
            assertThat(found.spentPerHour()).isEqualByComparingTo("1.6");
            assertThat(found.expectedPerHour().doubleValue()).isCloseTo(1, within(0.01));
            assertThat(found.workloads())
                    .extracting(it -> "%s %s %s".formatted(it.workload(), it.beforePerHour(), it.spentPerHour()))
                    .containsExactly("shop/Deployment/web 0.6000 1.2000");
        }
    }

    @Test
    void whatIsUnusualLastsUntilItIsTheNewLevel() {
        double[] history = new double[30 * DAY];
        Arrays.fill(history, 1);
        Arrays.fill(history, 28 * DAY, history.length, 1.4);
        assertThat(UnusualSpends.since(Arrays.copyOf(history, 28 * DAY))).isNegative();
        assertThat(UnusualSpends.since(Arrays.copyOf(history, 28 * DAY + 1))).isEqualTo(28 * DAY);
        assertThat(UnusualSpends.since(Arrays.copyOf(history, 28 * DAY + 9))).isEqualTo(28 * DAY);
        assertThat(UnusualSpends.since(history)).isNegative();
    }

    @Test
    void withoutAnAccountThereIsNoAnswer() {
        CostAccount none = CostAccount.off("no folder", InstantSource.fixed(MONTH));
        try (BudgetDesk desk = new BudgetDesk(none, List::of, _ -> {})) {
            assertThatThrownBy(desk::view).isInstanceOf(AccountException.class).hasMessage("no folder");
            assertThat(desk.latest()).isEmpty();
        }
    }

    private Path budgets(String text) throws Exception {
        Path file = folder.resolve("budgets.yaml");
        Files.writeString(file, text);
        return file;
    }

    private static String exposed(BudgetDesk desk) throws Exception {
        PrometheusRegistry registry = new PrometheusRegistry();
        BudgetMetrics.register(registry, desk);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(text, registry.scrape());
        return text.toString(StandardCharsets.UTF_8);
    }

    private CostAccount account(int hours) {
        return CostAccount.in(
                folder.resolve("ledger"),
                PriceBook.shipped(),
                Duration.ofMinutes(1),
                InstantSource.fixed(hour(hours).plusSeconds(90)),
                Retention.USUAL);
    }

    private static Instant hour(int hours) {
        return MONTH.plus(Duration.ofHours(hours));
    }

    /** @param shop what its two workloads pay: the second one 0.4 */
    private void fill(int from, int to, String shop) throws Exception {
        try (Ledger ledger = Ledger.open(folder.resolve("ledger"), Ledger.Settings.USUAL)) {
            for (int hour = from; hour < to; hour++) ledger.write(closed(hour(hour), new BigDecimal(shop)));
            ledger.compact(hour(to));
        }
    }

    private static ClosedHour closed(Instant start, BigDecimal shop) {
        Span span = new Span(start, start.plus(Duration.ofHours(1)));
        BigDecimal rest = new BigDecimal("0.4");
        List<PodHour> pods = new ArrayList<>();
        pods.add(pod(span, "shop", "web", shop.subtract(rest)));
        pods.add(pod(span, "shop", "queue", rest));
        pods.add(pod(span, "blog", "blog", new BigDecimal("0.25")));
        ResourceCosts idle = costs(new BigDecimal("0.75"));
        BigDecimal price = shop.add(BigDecimal.ONE);
        NodeHour node = new NodeHour(
                new NodeHour.Node("n", "m5.large", "r", "z", "on-demand", ""),
                span,
                new NodeHour.Capacity(BigDecimal.TWO, BigDecimal.TEN, BigDecimal.ZERO),
                price,
                costs(price),
                idle,
                BigDecimal.ZERO,
                PriceOrigin.LISTED);
        return new ClosedHour(start, pods, List.of(node));
    }

    private static PodHour pod(Span span, String namespace, String name, BigDecimal cost) {
        Amounts one = new Amounts(BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE);
        return new PodHour(
                new PodHour.Pod(namespace, "Deployment", name, name + "-0", "u-" + name, Map.of("app", name)),
                "n",
                span,
                one,
                one,
                BigDecimal.ZERO,
                costs(cost),
                BigDecimal.ZERO,
                PriceOrigin.LISTED);
    }

    private static ResourceCosts costs(BigDecimal all) {
        return new ResourceCosts(all, BigDecimal.ZERO, BigDecimal.ZERO);
    }
}
