package io.trimtab.recommend.nodeplan;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.NodeClaim;
import io.trimtab.ingest.model.NodeDisruption;
import io.trimtab.ingest.model.NodeDisruption.Budget;
import io.trimtab.ingest.model.NodeDisruption.Consolidation;
import io.trimtab.ingest.model.Spans;
import io.trimtab.ingest.model.Taint;
import io.trimtab.recommend.KeptReason;
import io.trimtab.recommend.consolidation.ConsolidationPlan;
import io.trimtab.recommend.consolidation.ConsolidationPlan.Kept;
import io.trimtab.recommend.consolidation.ConsolidationPlan.Removal;
import io.trimtab.recommend.nodeplan.Seen.Making;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Node a, and where the case says so further ones, may go to b, which is held; all are of Karpenter's pool general. It is Monday, 12:00 UTC. */
class KarpenterTermsTest {
    private static final Map<String, String> GENERAL = Map.of("karpenter.sh/nodepool", "general");
    private static final NodeClaim.Life LONG_AGO =
            new NodeClaim.Life(Seen.AT.minus(Duration.ofDays(10)), Optional.empty(), Optional.empty());

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        nothing said                        | WHEN_EMPTY_OR_UNDERUTILIZED | 0s    | 0  | yes | gone
        only empty nodes, and p moves       | WHEN_EMPTY                  | 0s    | 0  | yes | PoolKeeps ONLY_EMPTY
        only empty nodes, and a is one      | WHEN_EMPTY                  | 0s    | 0  | no  | gone
        never                               | WHEN_EMPTY_OR_UNDERUTILIZED | Never | 0  | yes | PoolKeeps NEVER
        never, and a is empty               | WHEN_EMPTY_OR_UNDERUTILIZED | Never | 0  | no  | PoolKeeps NEVER
        settled for 29 of 30 min            | WHEN_EMPTY_OR_UNDERUTILIZED | 30m   | 29 | yes | TooRecent
        settled for 30 of 30 min            | WHEN_EMPTY_OR_UNDERUTILIZED | 30m   | 30 | yes | gone
        empty and settled for 29 of 30 min  | WHEN_EMPTY                  | 30m   | 29 | no  | TooRecent
        balanced, and little is disrupted   | BALANCED                    | 0s    | 0  | yes | gone
        """)
    void aPoolDecides(
            String name, Consolidation consolidation, String after, long settledMinutes, String p, String expected) {
        var settled = new NodeClaim.Life(
                LONG_AGO.createdAt(), Optional.of(Seen.AT.minus(Duration.ofMinutes(settledMinutes))), Optional.empty());
        Seen seen = seen(1, p.equals("yes"))
                .pool("general", Optional.empty(), new NodeDisruption(consolidation, Spans.parse(after), List.of()))
                .claim("a1", settled);

        assertThat(fate(plan(seen), "a1")).isEqualTo(expected);
    }

    @Test
    void aPoolOfAFixedNumberKeepsItsNodes() {
        Seen seen = seen(1, true).pool("general", Optional.of(2), NodeDisruption.USUAL);

        assertThat(fate(plan(seen), "a1")).isEqualTo("PoolKeeps FIXED_REPLICAS");
    }

    /** It may say that none of them goes. */
    @Test
    void nodesOfAPoolOfWhichNothingIsKnownStay() {
        Seen seen = seen(1, true).pool("another", Optional.empty(), NodeDisruption.USUAL);

        assertThat(fate(plan(seen), "a1")).isEqualTo("PoolKeeps UNKNOWN");
    }

    /** Of four nodes of one price one has most of the pods. */
    @Test
    void aBalancedPoolKeepsANodeThatDisruptsTooMuchForItsPrice() {
        Seen seen = new Seen().node("b", 8_000, "z", CapacityType.ON_DEMAND, Map.of());
        for (String node : List.of("full", "n1", "n2", "n3"))
            seen.node(node, 4_000, "z", CapacityType.ON_DEMAND, GENERAL);
        for (int i = 0; i < 12; i++) seen.pod("p" + i, "full", 100, new Making());
        for (String node : List.of("n1", "n2", "n3")) seen.pod("q" + node, node, 100, new Making());
        seen.pod("held", "b", 100, held());
        var usual =
                new NodeDisruption(Consolidation.WHEN_EMPTY_OR_UNDERUTILIZED, Optional.of(Duration.ZERO), List.of());
        var balanced = new NodeDisruption(Consolidation.BALANCED, Optional.of(Duration.ZERO), List.of());

        // Its share of the price is 1/4, of the disruption 13/19.
        assertThat(fate(plan(seen.pool("general", Optional.empty(), balanced)), "full"))
                .isEqualTo("LowScore 0.365");
        assertThat(fate(plan(seen.withoutPools().pool("general", Optional.empty(), usual)), "full"))
                .isEqualTo("gone");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a tenth where nothing is said   |                                                     | 1 2 3 4
        one                             | 1                                                   | 1 2 3 4
        none                            | 0                                                   | NoDisruptionNow
        two fifths                      | 40%                                                 | 1 1 2 2
        a part is a whole node          | 41%                                                 | 1 1 1 2
        the least of those that hold    | 3; 2                                                | 1 1 2 2
        of another reason               | 0 Drifted; 4                                        | 1 1 1 1
        of empty nodes alone            | 0 Empty; 4                                          | 1 1 1 1
        of several reasons              | 0 Empty,Underutilized                               | NoDisruptionNow
        of a reason that nobody knows   | 0 Magic; 3                                          | 1 1 1 2
        its window is open              | 0 - 0_9_*_*_* 3h1m                                  | NoDisruptionNow
        its window has just ended       | 0 - 0_9_*_*_* 3h; 4                                 | 1 1 1 1
        a window of another day         | 0 - 0_9_*_*_sat 24h; 4                              | 1 1 1 1
        since Friday, 13:00             | 0 - 0_13_*_*_fri 71h1m; 4                           | NoDisruptionNow
        a nickname                      | 0 - @daily 13h; 4                                   | NoDisruptionNow
        a cron line that is none        | 9 - every_day 1h                                    | NoDisruptionNow
        no length                       | 9 - @daily                                          | NoDisruptionNow
        no number                       | many                                                | NoDisruptionNow
        """)
    void budgetsBoundEachWave(String name, String budgets, String expected) {
        List<Budget> stated = budgets == null
                ? NodeDisruption.USUAL.budgets()
                : Arrays.stream(budgets.split("; "))
                        .map(KarpenterTermsTest::budget)
                        .toList();
        var disruption =
                new NodeDisruption(Consolidation.WHEN_EMPTY_OR_UNDERUTILIZED, Optional.of(Duration.ZERO), stated);
        Seen seen = seen(4, true).pool("general", Optional.empty(), disruption);

        assertThat(waves(plan(seen))).isEqualTo(expected);
    }

    @Test
    void nodesThatAreNotReadyOrGoingAlreadyCount() {
        var two = new NodeDisruption(
                Consolidation.WHEN_EMPTY_OR_UNDERUTILIZED, Optional.of(Duration.ZERO), List.of(budget("2")));
        Taint going = new Taint("karpenter.sh/disrupted", "", Taint.Effect.NO_SCHEDULE);
        Seen seen = seen(3, true)
                .node("going", 1000, "z", CapacityType.ON_DEMAND, GENERAL, going)
                .pod("last", "going", 100, held())
                .pool("general", Optional.empty(), two);

        assertThat(waves(plan(seen))).isEqualTo("1 2 3");
    }

    /** Nodes of no NodePool keep the tenth of their own. */
    @Test
    void othersHaveABudgetOfTheirOwn() {
        var all = new NodeDisruption(Consolidation.WHEN_EMPTY_OR_UNDERUTILIZED, Optional.of(Duration.ZERO), List.of());
        Seen seen = seen(3, true)
                .node("other-1", 4000, "z", CapacityType.ON_DEMAND, Map.of())
                .node("other-2", 4000, "z", CapacityType.ON_DEMAND, Map.of())
                .pool("general", Optional.empty(), all);

        ConsolidationPlan plan = plan(seen);

        assertThat(waves(plan)).isEqualTo("1 1 1");
        assertThat(plan.remove().stream()
                        .filter(one -> one.node().startsWith("other"))
                        .map(Removal::wave))
                .containsExactly(1, 2);
    }

    @ParameterizedTest(name = "{0} min of life are left")
    @CsvSource({"59, RoomInPieces", "60, gone"})
    void noPodMovesToANodeThatExpiresWithinTheHour(long minutes, String expected) {
        var ending = new NodeClaim.Life(
                LONG_AGO.createdAt(), Optional.empty(), Optional.of(Seen.AT.plus(Duration.ofMinutes(minutes))));
        Seen seen = seen(1, true)
                .pool("general", Optional.empty(), NodeDisruption.USUAL)
                .claim("b", ending);

        assertThat(fate(plan(seen), "a1")).isEqualTo(expected);
    }

    /** Two equal nodes, room for the pods of one: which goes. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the one that is near its end           | 1  | 720 |            |            | a1
        the one whose pods may go              |    |     | -134217728 | 0          | a1
        the one whose pods are not dear        |    |     | 1073741824 | 0          | a2
        a cost that is no number says nothing  |    |     | dear       | 1073741824 | a1
        """)
    void theCheaperDisruptionGoesFirst(
            String name, Long leftFirst, Long leftSecond, String costFirst, String costSecond, String expected) {
        Seen seen = new Seen().pool("general", Optional.empty(), NodeDisruption.USUAL);
        seen.node("b", 2000, "z", CapacityType.ON_DEMAND, Map.of()).pod("q", "b", 900, held());
        two(seen, "a1", costFirst, leftFirst);
        two(seen, "a2", costSecond, leftSecond);

        assertThat(plan(seen).remove()).extracting(Removal::node).containsExactly(expected);
    }

    private static void two(Seen seen, String node, String cost, Long hoursLeft) {
        var making = new Making();
        if (cost != null) making.annotations = Map.of("controller.kubernetes.io/pod-deletion-cost", cost);
        seen.node(node, 2000, "z", CapacityType.ON_DEMAND, GENERAL).pod("p-" + node, node, 1050, making);
        if (hoursLeft != null)
            seen.claim(
                    node,
                    new NodeClaim.Life(
                            Seen.AT.minus(Duration.ofHours(720 - hoursLeft)),
                            Optional.empty(),
                            Optional.of(Seen.AT.plus(Duration.ofHours(hoursLeft)))));
    }

    private static Budget budget(String text) {
        String[] parts = text.split(" ");
        Set<String> reasons = parts.length < 2 || parts[1].equals("-") ? Set.of() : Set.of(parts[1].split(","));
        return new Budget(
                parts[0],
                reasons,
                parts.length < 3 ? Optional.empty() : Optional.of(parts[2].replace('_', ' ')),
                parts.length < 4 ? Optional.empty() : Spans.parse(parts[3]));
    }

    private static Making held() {
        var making = new Making();
        making.annotations = Map.of("karpenter.sh/do-not-disrupt", "true");
        return making;
    }

    /** Nodes a1 and so on with a pod each, or none; with b they are {@code nodes} + 1. */
    private static Seen seen(int nodes, boolean pods) {
        Seen seen =
                new Seen().node("b", 8000, "z", CapacityType.ON_DEMAND, GENERAL).pod("q", "b", 1000, held());
        for (int i = 1; i <= nodes; i++) {
            seen.node("a" + i, 4000, "z", CapacityType.ON_DEMAND, GENERAL);
            if (pods) seen.pod("p" + i, "a" + i, 100, new Making());
        }
        return seen;
    }

    private static ConsolidationPlan plan(Seen seen) {
        return NodePlans.plan(seen.snapshot(), Seen.PRICES).orElseThrow().plan();
    }

    /** Of a1 and so on, in the order of waves; or why a1 stays. */
    private static String waves(ConsolidationPlan plan) {
        List<Removal> gone =
                plan.remove().stream().filter(one -> one.node().startsWith("a")).toList();
        return gone.isEmpty()
                ? fate(plan, "a1")
                : gone.stream().map(one -> String.valueOf(one.wave())).collect(Collectors.joining(" "));
    }

    private static String fate(ConsolidationPlan plan, String node) {
        for (Removal removal : plan.remove()) if (removal.node().equals(node)) return "gone";
        KeptReason reason = plan.kept().stream()
                .filter(kept -> kept.node().equals(node))
                .map(Kept::reason)
                .findFirst()
                .orElseThrow();
        String code = reason.getClass().getSimpleName();
        if (reason instanceof KeptReason.PoolKeeps keeps) return code + " " + keeps.rule();
        if (reason instanceof KeptReason.LowScore low) return "%s %.3f".formatted(code, low.score());
        return code;
    }
}
