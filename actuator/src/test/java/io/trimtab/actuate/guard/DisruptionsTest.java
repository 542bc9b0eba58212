package io.trimtab.actuate.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Money;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.DisruptionBudget;
import io.trimtab.ingest.model.LabelSelector;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.ingest.model.WorkloadState;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.Recommendation.Resize;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Memory of the container {@code app} restarts it, its CPU does not; budgets are written as name and what they allow. */
class DisruptionsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final WorkloadId WEB = new WorkloadId("shop", "Deployment", "web");
    private static final Requirements FROM = Requirements.requests(new MilliCores(100), new Bytes(100));

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        no budget                       | app | memory | 3 | 0 | ''      | Allowed
        just enough                     | app | memory | 3 | 0 | a 3     | Allowed
        just not                        | app | memory | 3 | 0 | a 2     | BreaksBudget a 3 2
        none at all                     | app | memory | 3 | 0 | a 0     | BreaksBudget a 3 0
        nothing restarts                | app | cpu    | 3 | 0 | a 0     | Allowed
        both change                     | app | both   | 3 | 0 | a 0     | BreaksBudget a 3 0
        another container               | log | memory | 3 | 0 | a 0     | Allowed
        who is not ready does not count | app | memory | 1 | 2 | a 1     | Allowed
        the second one breaks           | app | memory | 2 | 0 | a 2;b 1 | BreaksBudget b 2 1
        """)
    void judges(String name, String container, String change, int ready, int unready, String budgets, String expected) {
        Requirements to = Requirements.requests(
                new MilliCores(change.equals("memory") ? 100 : 200), new Bytes(change.equals("cpu") ? 100 : 200));
        Resize resize = new Resize(
                WEB,
                container,
                FROM,
                to,
                new Impact(Money.zero(Money.USD), Money.zero(Money.USD)),
                List.of(new PodReason.NoSamples()));
        Verdict verdict = Disruptions.judge(resize, state(ready, unready, budgets));
        String words = verdict instanceof Verdict.BreaksBudget(String budget, int restarts, int allowed)
                ? "BreaksBudget %s %d %d".formatted(budget, restarts, allowed)
                : verdict.getClass().getSimpleName();
        assertThat(words).isEqualTo(expected);
    }

    private static WorkloadState state(int ready, int unready, String budgets) {
        List<Pod> pods = new ArrayList<>();
        for (int i = 0; i < ready + unready; i++) pods.add(pod("web-" + i, i < ready));
        List<DisruptionBudget> all = new ArrayList<>();
        for (String budget : budgets.isEmpty() ? new String[0] : budgets.split(";")) {
            String[] parts = budget.split(" ");
            all.add(new DisruptionBudget(
                    "shop", parts[0], LabelSelector.of(List.of()), "", "", Integer.parseInt(parts[1])));
        }
        return new WorkloadState(
                WEB,
                Optional.empty(),
                List.of(),
                pods,
                List.of(),
                List.of(),
                all,
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static Pod pod(String name, boolean ready) {
        return new Pod(
                new PodId("shop", name),
                Optional.of(WEB),
                Optional.of("node-a"),
                PodPhase.RUNNING,
                List.of(
                        new ContainerSpec("app", "i", FROM, Optional.empty(), Set.of(Resource.MEMORY)),
                        new ContainerSpec("log", "i", FROM)),
                Map.of(),
                Map.of(),
                NOW,
                Optional.of(NOW),
                ready ? Optional.of(NOW) : Optional.empty(),
                Optional.empty());
    }
}
