package io.trimtab.recommend.policy;

import static io.trimtab.recommend.policy.Made.AT;
import static io.trimtab.recommend.policy.Made.id;
import static io.trimtab.recommend.policy.Made.policy;
import static io.trimtab.recommend.policy.Made.workload;
import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.Money;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.Namespace;
import io.trimtab.ingest.model.Policy;
import io.trimtab.ingest.model.PolicyId;
import io.trimtab.ingest.model.PolicyStatus;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.PolicyReason;
import io.trimtab.recommend.Recommendation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GovernanceTest {
    private static final WorkloadId WEB = new WorkloadId("shop", "Deployment", "web");

    /** The workload is {@code shop/Deployment/web} with the labels tier=web and team=a. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        no policy                                    | ''                                       | defaults
        the cluster's                                | base                                     | ClusterScalingPolicy base
        the namespace's before the cluster's         | base; shop/a                             | ScalingPolicy shop/a
        also before the cluster's with a selector    | base * tier=web; shop/a                  | ScalingPolicy shop/a
        the cluster's with a selector before without | base; c * tier=web                       | ClusterScalingPolicy c
        a selector before the namespace              | shop/a; shop/b * tier=web                | ScalingPolicy shop/b
        a selector that does not match               | shop/a; shop/b * tier=db                 | ScalingPolicy shop/a
        another namespace's does not matter          | other/a; base                            | ClusterScalingPolicy base
        a kind that is listed                        | shop/a Deployment+StatefulSet            | ScalingPolicy shop/a
        a kind that is not listed                    | shop/a StatefulSet; base                 | ClusterScalingPolicy base
        kinds are no selector                        | shop/a Deployment; shop/b                | tie
        kinds that do not overlap do not tie         | shop/a StatefulSet; shop/b Deployment    | ScalingPolicy shop/b
        two of the namespace tie                     | shop/a; shop/b                           | tie
        two of the cluster tie                       | base; other                              | tie
        two selectors tie, however narrow            | shop/a * tier=web; shop/b * tier=web,team=a | tie
        a tie of lesser rank does not matter         | shop/a; shop/b; shop/c * team in (a,b)   | ScalingPolicy shop/c
        a tie is not given to the next rank          | base; shop/a; shop/b                     | tie
        """)
    void selects(String name, String policies, String expected) {
        assertThat(words(governance(policies).of(WEB))).isEqualTo(expected);
    }

    @Test
    void nothingIsActedOnWhileALimitMayBeUnread() {
        ClusterSnapshot known = snapshot(List.of(), List.of(workload("shop/Deployment/web tier=web")));
        ClusterSnapshot unknown = new ClusterSnapshot(
                known.at(), known.workloads(), List.of(), List.of(), List.of(), List.of(), List.of(), false);

        assertThat(((Standing.Governed) Governance.of(known, Mode.APPLY).of(WEB)).mode())
                .isEqualTo(Mode.APPLY);
        assertThat(((Standing.Governed) Governance.of(unknown, Mode.APPLY).of(WEB)).mode())
                .isEqualTo(Mode.RECOMMEND);
        assertThat(((Standing.Governed) Governance.of(unknown, Mode.OBSERVE).of(WEB)).mode())
                .isEqualTo(Mode.OBSERVE);
    }

    private static Governance governance(String policies) {
        List<Policy> made = policies.isEmpty()
                ? List.of()
                : Arrays.stream(policies.split(";")).map(Made::policy).toList();
        return Governance.of(snapshot(made, List.of(workload("shop/Deployment/web tier=web,team=a"))), Mode.APPLY);
    }

    private static String words(Standing standing) {
        return switch (standing) {
            case Standing.Governed it -> it.policy().map(PolicyId::toString).orElse("defaults");
            case Standing.LeftAlone it when it.why() instanceof PolicyReason.Contested -> "tie";
            case Standing.LeftAlone it -> it.why().toString();
        };
    }

    @ParameterizedTest(name = "--mode {0}, policy {1}, annotation {2}: {3}")
    @CsvSource(nullValues = "-", textBlock = """
        APPLY,     -,         -,         APPLY
        RECOMMEND, -,         -,         RECOMMEND
        RECOMMEND, APPLY,     -,         RECOMMEND
        APPLY,     APPLY,     -,         APPLY
        APPLY,     RECOMMEND, -,         RECOMMEND
        OBSERVE,   APPLY,     Apply,     OBSERVE
        APPLY,     APPLY,     recommend, RECOMMEND
        APPLY,     RECOMMEND, Apply,     RECOMMEND
        APPLY,     APPLY,     Aply,      OBSERVE
        APPLY,     -,         Observe,   OBSERVE
        """)
    void theModeIsTheLeastOfThree(Mode most, Mode asked, String annotation, Mode expected) {
        Map<String, String> annotations = annotation == null ? Map.of() : Map.of(Governance.MODE, annotation);
        List<Policy> policies = asked == null ? List.of() : List.of(withMode(asked));
        Governance governance = Governance.of(snapshot(policies, List.of(workload(WEB, Map.of(), annotations))), most);
        assertThat(governance.of(WEB))
                .isInstanceOfSatisfying(
                        Standing.Governed.class, it -> assertThat(it.mode()).isEqualTo(expected));
        assertThat(governance.of(WEB).hold().isPresent()).isEqualTo(expected == Mode.OBSERVE);
    }

    private static Policy withMode(Mode mode) {
        Policy.Spec plain = Made.PLAIN;
        return policy(
                id("shop/a"),
                new Policy.Spec(
                        mode,
                        plain.scope(),
                        plain.objective(),
                        plain.requests(),
                        plain.replicas(),
                        plain.zero(),
                        plain.acts()));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"workload", "namespace", "policy", "other namespace"})
    void aPauseStopsWhatIsBelowIt(String where) {
        Map<String, String> pause = Map.of(Governance.PAUSE, "true");
        Map<String, String> none = Map.of();
        Policy plain = policy("shop/a");
        Policy policy = new Policy(
                plain.id(), 1, AT, where.equals("policy") ? pause : none, plain.spec(), List.of(), Optional.empty());
        var snapshot = new ClusterSnapshot(
                AT,
                List.of(workload(WEB, none, where.equals("workload") ? pause : none)),
                List.of(),
                List.of(),
                List.of(),
                List.of(
                        new Namespace("shop", where.equals("namespace") ? pause : none),
                        new Namespace("other", where.equals("other namespace") ? pause : none)),
                List.of(policy));
        assertThat(Governance.of(snapshot, Mode.APPLY).of(WEB))
                .isInstanceOfSatisfying(
                        Standing.Governed.class,
                        it -> assertThat(it.paused()).isEqualTo(!where.equals("other namespace")));
    }

    @Test
    void aPolicyWithoutAMeaningLeavesItsWorkloadsAloneAndNoOthers() {
        Policy plain = policy("shop/a * tier=web");
        Policy odd = new Policy(
                plain.id(),
                3,
                AT,
                Map.of(),
                plain.spec(),
                List.of(new Policy.Problem("spec.acts.minHistory", "(1w) must be a duration")),
                Optional.empty());
        Governance governance = Governance.of(
                snapshot(
                        List.of(odd, policy("base")),
                        List.of(workload("shop/Deployment/web tier=web"), workload("shop/Deployment/db"))),
                Mode.APPLY);
        assertThat(governance.of(WEB).hold())
                .contains(new PolicyReason.NotReady(odd.id(), "spec.acts.minHistory", "(1w) must be a duration"));
        assertThat(words(governance.of(new WorkloadId("shop", "Deployment", "db"))))
                .isEqualTo("ClusterScalingPolicy base");
        assertThat(governance.workloads(odd.id())).containsExactly(WEB);
        PolicyOutcome outcome = governance.outcomes(List.of()).get(odd.id());
        assertThat(condition(outcome, PolicyStatus.READY))
                .isEqualTo(new PolicyStatus.Condition(
                        "Ready",
                        false,
                        3,
                        "NotUnderstood",
                        "spec.acts.minHistory (1w) must be a duration",
                        Optional.empty()));
        assertThat(outcome.status().workloads()).isEqualTo(1);
    }

    @Test
    void bothOfATieSaySoAndGovernNothingOfIt() {
        Governance governance = Governance.of(
                snapshot(
                        List.of(policy("shop/a * tier=web"), policy("shop/b * team=a"), policy("shop/c")),
                        List.of(
                                workload("shop/Deployment/web tier=web,team=a"),
                                workload("shop/Deployment/front tier=web"),
                                workload("shop/Deployment/db"))),
                Mode.APPLY);
        Map<PolicyId, PolicyOutcome> outcomes = governance.outcomes(List.of());
        for (String[] pair : List.of(new String[] {"shop/a", "shop/b"}, new String[] {"shop/b", "shop/a"})) {
            PolicyOutcome outcome = outcomes.get(id(pair[0]));
            assertThat(condition(outcome, PolicyStatus.CONFLICT).holds()).isTrue();
            assertThat(condition(outcome, PolicyStatus.CONFLICT).message())
                    .isEqualTo(
                            "spec.workloads ties with ScalingPolicy %s for 1 workload, such as shop/Deployment/web, which none of them governs"
                                    .formatted(pair[1]));
            assertThat(condition(outcome, PolicyStatus.READY).reason()).isEqualTo("Conflict");
        }
        assertThat(outcomes.get(id("shop/a")).status().workloads()).isEqualTo(1);
        assertThat(outcomes.get(id("shop/b")).status().workloads()).isZero();
        assertThat(condition(outcomes.get(id("shop/c")), PolicyStatus.CONFLICT).holds())
                .isFalse();
        assertThat(condition(outcomes.get(id("shop/c")), PolicyStatus.READY).holds())
                .isTrue();
    }

    @Test
    void countsAndSumsWhatItGoverns() {
        WorkloadId db = new WorkloadId("shop", "Deployment", "db");
        Governance governance = Governance.of(
                snapshot(
                        List.of(policy("shop/a * tier=web"), withMode(Mode.APPLY, "base")),
                        List.of(workload("shop/Deployment/web tier=web"), workload("shop/Deployment/db"))),
                Mode.RECOMMEND);
        List<Recommendation> recommendations = List.of(
                scale(WEB, 10, 4),
                scale(WEB, 1, 2),
                new Recommendation.Hold(WEB, "app", List.of(new PodReason.NoSamples())),
                scale(db, 100, 1));
        PolicyOutcome web = governance.outcomes(recommendations).get(id("shop/a"));
        assertThat(web.status().workloads()).isEqualTo(1);
        assertThat(web.status().recommendations()).isEqualTo(2);
        assertThat(web.status().savingPerMonth()).isEqualByComparingTo("5");
        PolicyOutcome base = governance.outcomes(recommendations).get(id("base"));
        assertThat(base.status().savingPerMonth()).isEqualByComparingTo("99");
        assertThat(condition(base, PolicyStatus.READY).reason()).isEqualTo("ModeCapped");
        assertThat(condition(base, PolicyStatus.READY).holds()).isTrue();
    }

    private static Policy withMode(Mode mode, String name) {
        return policy(id(name), withMode(mode).spec());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void orderDoesNotMatterAndUnrelatedPoliciesChangeNothing(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            List<Policy> policies = new ArrayList<>(some(random, random.nextInt(8)));
            List<Workload> workloads = IntStream.range(0, 12)
                    .mapToObj(i -> workload("%s/%s/w%d tier=%s,team=%s"
                            .formatted(
                                    pick(random, "shop", "bank"),
                                    pick(random, "Deployment", "StatefulSet"),
                                    i,
                                    pick(random, "web", "db"),
                                    pick(random, "a", "b"))))
                    .collect(Collectors.toCollection(ArrayList::new));
            Map<WorkloadId, Standing> before = standings(policies, workloads);

            Collections.shuffle(policies, random);
            Collections.shuffle(workloads, random);
            assertThat(standings(policies, workloads)).isEqualTo(before);

            policies.add(policy("elsewhere/z * tier=web"));
            assertThat(standings(policies, workloads)).isEqualTo(before);

            before.forEach((workload, standing) -> standing.policies()
                    .forEach(named -> assertThat(
                                    policies.stream().filter(it -> it.id().equals(named)))
                            .as("what governs %s covers it", workload)
                            .allMatch(it -> it.spec()
                                            .scope()
                                            .covers(workloads.stream()
                                                    .filter(each -> each.id().equals(workload))
                                                    .findFirst()
                                                    .orElseThrow())
                                    && (it.id().isClusterWide()
                                            || it.id().namespace().equals(workload.namespace())))));
        }
    }

    private static List<Policy> some(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> policy("%s %s %s"
                        .formatted(
                                pick(random, "shop/p" + i, "bank/p" + i, "p" + i),
                                pick(random, "*", "Deployment", "StatefulSet"),
                                pick(random, "", "tier=web", "team=a", "tier=db,team!=a"))))
                .toList();
    }

    private static String pick(Random random, String... of) {
        return of[random.nextInt(of.length)];
    }

    private static Map<WorkloadId, Standing> standings(List<Policy> policies, List<Workload> workloads) {
        Governance governance = Governance.of(snapshot(policies, workloads), Mode.APPLY);
        return workloads.stream().collect(Collectors.toMap(Workload::id, it -> governance.of(it.id())));
    }

    private static ClusterSnapshot snapshot(List<Policy> policies, List<Workload> workloads) {
        return new ClusterSnapshot(AT, workloads, List.of(), List.of(), List.of(), List.of(), policies);
    }

    private static PolicyStatus.Condition condition(PolicyOutcome outcome, String type) {
        return Stream.of(outcome)
                .flatMap(it -> it.status().conditions().stream())
                .filter(it -> it.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static Recommendation scale(WorkloadId workload, int before, int after) {
        return new Recommendation.Scale(
                workload, 2, 1, new Impact(dollars(before), dollars(after)), List.of(new PodReason.NoSamples()));
    }

    private static Money dollars(int amount) {
        return Money.of(BigDecimal.valueOf(amount), Money.USD, RoundingMode.UNNECESSARY);
    }
}
