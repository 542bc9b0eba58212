package io.trimtab.service.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.service.view.Change;
import io.trimtab.service.view.MadeRecommendation;
import io.trimtab.service.view.PreviousView;
import io.trimtab.service.view.ReasonView;
import io.trimtab.service.view.RecommendationView;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationTest {
    @Test
    void saysAllOfItInTheOrderInWhichPeopleAsk() {
        PreviousView before = new PreviousView(
                "Hold",
                List.of(),
                new ReasonView("ShortHistory", "23 h 0 min of history, 24 h 0 min needed"),
                Instant.parse("2026-11-02T10:00:00Z"),
                Instant.parse("2026-11-03T00:00:00Z"),
                List.of(new Change("cpu request", "stays", "120m")),
                true);
        assertThat(Explanation.of(MadeRecommendation.resize(before)).text()).isEqualTo("""
            Deployment shop/web, container app: cpu request 500m -> 120m

            What
              The cpu request goes from 500m to 120m.

            Why
              The reason of web.

            What it costs
              10.00 USD a month for all its pods now, 1.00 after: 9.00 less.
              This is the list price of what they request; the bill follows when a node goes or comes.

            What it rests on
              6 days, from 1 Nov 2026 00:00 UTC on: 8,640 samples of CPU over all pods, 12 daily peaks of memory, 1 kill for memory.
              The samples come from http://prometheus:9090 (cAdvisor: cpu, cAdvisor: memory).
              The policy accepts, for each pod, a chance of 1% to be killed for memory within a week and 5 min a day at the CPU limit; the CPU request is to cover 93.1% of samples.
              Besides: memory is at the bound that was set.
              Confidence is medium: less than a week is known.

            What could go wrong
              Killed at its memory limit within a week: 20% now, <0.01% after, for each pod.
              At its CPU limit: 0 min a day now, 3.25 min a day after, for each pod.
              Needs more memory than it requests within a week, and is among the first to go if its node runs short then: 50%, for each pod.

            What others would ask for
              The stock VPA: 587m CPU.
              KRR's simple strategy: 110m CPU or more, as its busiest pod's is not known, 600Mi memory.

            What changed
              So since 3 Nov 2026 00:00 UTC.
              Before, from 2 Nov 2026 10:00 UTC to 3 Nov 2026 00:00 UTC: nothing was to change, as 23 h 0 min of history, 24 h 0 min needed.
              Then and now: cpu request stays -> 120m.
              Another reason decides: CpuByRisk, not ShortHistory.

            What to do
              Trimtab in its last round: skipped: the mode is Recommend.
              By hand: save this as patch.yaml, then kubectl patch deployment web --namespace shop --patch-file patch.yaml
              spec: {}
              Back again: cpu request 500m.
            """);
    }

    @Test
    void whatItWantsWhileItStartsStandsByItself() {
        RecommendationView it = MadeRecommendation.resize(null);
        Explanation explained = Explanation.of(new RecommendationView(
                it.id(),
                it.namespace(),
                it.workloadKind(),
                it.workload(),
                it.kind(),
                it.subject(),
                it.changes(),
                it.perMonth(),
                List.of(it.reasons().getFirst(), new ReasonView("StartUpBoost", "in the first 75 s it wants more")),
                it.since(),
                it.outcome(),
                it.patch(),
                it.policy(),
                it.previous(),
                it.basis()));
        assertThat(explained.sections())
                .contains(
                        new Explanation.Section("Why", List.of("The reason of web.")),
                        new Explanation.Section("While it starts", List.of("In the first 75 s it wants more.")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        StatefulSet   | save this as patch.yaml, then kubectl patch statefulset web --namespace shop --patch-file patch.yaml
        Rollout       | write this with kubectl edit rollout web --namespace shop
        Service       | write this with kubectl edit services.serving.knative.dev web --namespace shop
        Configuration | write this with kubectl edit configurations.serving.knative.dev web --namespace shop
        """)
    void saysHowToWriteEachKindByHand(String kind, String words) {
        RecommendationView resize = MadeRecommendation.of("shop/%s/web/app".formatted(kind), "Resize", 9, -1, -1, 3);
        assertThat(Explanation.of(resize).text()).contains("  By hand: %s\n".formatted(words));
    }

    @ParameterizedTest
    @CsvSource({"0, 0%", "0.00001, <0.01%", "0.0001, 0.01%", "0.01, 1%", "0.012345, 1.23%", "0.1234, 12.3%", "1, 100%"})
    void chances(double share, String words) {
        assertThat(RiskWords.chance(share)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 min", "0.01, <0.1 min", "0.1, 0.1 min", "5, 5 min", "12.34, 12.3 min", "1440, 1440 min"})
    void minutes(double minutes, String words) {
        assertThat(RiskWords.minutes(minutes)).isEqualTo(words);
    }
}
