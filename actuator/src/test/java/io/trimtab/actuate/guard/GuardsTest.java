package io.trimtab.actuate.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trimtab.cost.units.Money;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.cron.CronPeriod;
import io.trimtab.recommend.cron.CronSchedule;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cluster of 100 pods: 5 % of them are 5. Past acts are written as age, workload, subject, pods. */
class GuardsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final CronPeriod NIGHT =
            new CronPeriod(CronSchedule.parse("0 2 * * *"), Duration.ofHours(3), ZoneOffset.UTC);
    private static final CronPeriod YEARLY =
            new CronPeriod(CronSchedule.parse("0 0 1 1 *"), Duration.ofHours(1), ZoneOffset.UTC);
    private static final Money NOTHING = Money.zero(Money.USD);
    private static final GuardLimits LIMITS = new GuardLimits(0.05, 2);

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        nothing done yet            | APPLY     | false | 3  | ''                                                        | Allowed
        observing                   | OBSERVE   | false | 3  | ''                                                        | NotAllowedByMode
        recommending                | RECOMMEND | false | 3  | ''                                                        | NotAllowedByMode
        paused                      | APPLY     | true  | 3  | ''                                                        | Paused
        budget just holds           | APPLY     | false | 3  | PT1M other app 2                                          | Allowed
        budget just does not        | APPLY     | false | 4  | PT1M other app 2                                          | BudgetSpent
        larger than the budget      | APPLY     | false | 50 | ''                                                        | Allowed
        larger, but not the first   | APPLY     | false | 50 | PT1M other app 1                                          | BudgetSpent
        the window just over        | APPLY     | false | 5  | PT10M other app 5                                         | Allowed
        the window not yet over     | APPLY     | false | 1  | PT9M59S other app 5                                       | BudgetSpent
        second act today            | APPLY     | false | 1  | PT5H web app 9                                            | Allowed
        third act today             | APPLY     | false | 1  | PT5H web app 9;PT23H59M59S web app 9                      | EnoughToday
        the first a day ago         | APPLY     | false | 1  | PT5H web app 9;PT24H web app 9                            | Allowed
        other container and replicas| APPLY     | false | 1  | PT5H web log 9;PT6H web replicas 9;PT7H other app 9       | Allowed
        """)
    void judges(String name, Mode mode, boolean paused, int pods, String past, String expected) {
        Act wanted = new Act(NOW, id("web"), "app", pods);
        List<Act> acts = past.isEmpty()
                ? List.of()
                : Arrays.stream(past.split(";")).map(GuardsTest::act).toList();
        Verdict verdict = Guards.judge(
                new Asked(wanted, NOTHING, false, false, false), new Situation(mode, paused, pods, 100, LIMITS), acts);
        assertThat(verdict.getClass().getSimpleName()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"0, 2, BudgetSpent", "0.05, 0, EnoughToday", "1, 1, Allowed"})
    void extremeLimitsHold(double share, int perDay, String expected) {
        Verdict verdict = Guards.judge(
                new Asked(new Act(NOW, id("web"), "app", 1), NOTHING, false, false, false),
                new Situation(Mode.APPLY, false, 1, 100, new GuardLimits(share, perDay)),
                List.of());
        assertThat(verdict.getClass().getSimpleName()).isEqualTo(expected);
    }

    /** A window from 02:00 for 3 hours; 5 dollars are needed. An act is written as its saving in dollars and whether it raises anything. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        as the window opens            | 02:00:00 | 5.00  | false | Allowed
        before it                      | 01:59:59 | 5.00  | false | OutsideWindows 2026-11-24T02:00:00Z
        at its end                     | 05:00:00 | 5.00  | false | OutsideWindows 2026-11-25T02:00:00Z
        just before its end            | 04:59:59 | 5.00  | false | Allowed
        saves too little               | 02:00:00 | 4.99  | false | SavesTooLittle
        saves nothing                  | 02:00:00 | 0     | false | SavesTooLittle
        costs more                     | 02:00:00 | -0.01 | false | Allowed
        saves too little, but raises   | 02:00:00 | 4.99  | true  | Allowed
        raises, but outside the window | 06:00:00 | -9    | true  | OutsideWindows 2026-11-25T02:00:00Z
        """)
    void judgesByThePolicy(String name, String time, BigDecimal saving, boolean raises, String expected) {
        Instant at = Instant.parse("2026-11-24T" + time + "Z");
        var limits = new GuardLimits(List.of(NIGHT, YEARLY), dollars(BigDecimal.valueOf(5)), 1, 2);
        Verdict verdict = Guards.judge(
                new Asked(new Act(at, id("web"), "app", 1), dollars(saving), raises, false, false),
                new Situation(Mode.APPLY, false, 1, 100, limits),
                List.of());
        String next =
                verdict instanceof Verdict.OutsideWindows(Optional<Instant> opens) ? " " + opens.orElseThrow() : "";
        assertThat(verdict.getClass().getSimpleName() + next).isEqualTo(expected);
    }

    private static Money dollars(BigDecimal amount) {
        return Money.of(amount, Money.USD, RoundingMode.UNNECESSARY);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, Double.NaN})
    void aShareIsAShare(double share) {
        assertThatThrownBy(() -> new GuardLimits(share, 1)).hasMessageContaining("must be a share in 0..1");
    }

    private static Act act(String text) {
        String[] parts = text.split(" ");
        return new Act(NOW.minus(Duration.parse(parts[0])), id(parts[1]), parts[2], Integer.parseInt(parts[3]));
    }

    private static WorkloadId id(String name) {
        return new WorkloadId("shop", "Deployment", name);
    }
}
