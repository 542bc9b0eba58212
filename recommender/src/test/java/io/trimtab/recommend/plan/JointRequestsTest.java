package io.trimtab.recommend.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.Demand;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.HpaRule;
import io.trimtab.ingest.model.LimitRule;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.Policy;
import io.trimtab.ingest.model.PolicyId;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.ResourceAmount;
import io.trimtab.ingest.model.UtilizationTarget;
import io.trimtab.recommend.Reason;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.Recommendation.Resize;
import io.trimtab.recommend.Recommendation.Retune;
import io.trimtab.recommend.RetuneReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ten pods that each use 600m of 1000m, and 60 % of 1000 MB; 621m or 682 MB would do. Where there is a proxy, it uses 60m of 200m and 68m would do. */
class JointRequestsTest {
    private static final int PODS = 10;
    private static final long MB = 1_000_000;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        no target in percent                | -               | app       | Resize app 621m
        the target goes with the request    | CPU 55          | app       | Retune app 625m CPU 88
        as far as it can                    | CPU 62          | app       | Retune app 689m CPU 90
        for the whole pod                   | CPU 50          | app,proxy | Retune app 622m proxy 68m CPU 87
        for one container, others are free  | CPU/app 55      | app,proxy | Resize proxy 68m; Retune app 625m CPU/app 88
        of memory; CPU is free              | MEMORY 60       | app,bytes | Retune app 621m 689Mb MEMORY 87
        of both                             | CPU 55 MEMORY 60| app,bytes | Retune app 625m 689Mb CPU 88 MEMORY 87
        two that count the same             | CPU 55 CPU/app 55 | app     | Hold app AutoscalerStandsOnCpu SeveralTargets
        no room                             | CPU 85          | app       | Hold app AutoscalerStandsOnCpu NoRoom
        """)
    void decides(String name, String targets, String containers, String expected) {
        List<HorizontalAutoscaler> autoscalers = targets.equals("-") ? List.of() : List.of(autoscaler(targets, null));
        assertThat(shortForm(plan(template(containers), template(containers), autoscalers, HpaRule.RETUNE)))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        nobody keeps it          | -                      | RETUNE | Retune app 625m CPU 88
        the policy leaves it     | -                      | LEAVE  | Hold app AutoscalerStandsOnCpu LeftByPolicy
        KEDA would write it back | ScaledObject web (KEDA)| RETUNE | Hold app AutoscalerStandsOnCpu WrittenByAnother
        """)
    void targetsThatMustNotBeWrittenHoldTheRequest(String name, String keeper, HpaRule rule, String expected) {
        List<ContainerSpec> template = template("app");
        assertThat(shortForm(plan(template, template, List.of(autoscaler("CPU 55", keeper)), rule)))
                .isEqualTo(expected);
    }

    /** 1000m are requested and 621m needed. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        within the bound               |  600 | CPU 55 | Retune app 625m CPU 88
        moved to the bound             |  700 | CPU 55 | Retune app 705m CPU 78
        beyond what the target can     | 2000 | CPU 55 | Retune app 2 CPU 50 min 10
        with the target where it can   | 1090 | CPU 55 | Retune app 1090m CPU 51
        """)
    void aBoundThatWasSetGoesFirst(String name, long minMilli, String targets, String expected) {
        var requests = new Policy.Requests(
                Optional.of(new MilliCores(minMilli)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new LimitRule.Ratio(),
                new LimitRule.Ratio(),
                true,
                true);
        List<ContainerSpec> template = template("app");
        assertThat(shortForm(plan(template, template, List.of(autoscaler(targets, null)), HpaRule.RETUNE, requests)))
                .isEqualTo(expected);
    }

    @Test
    void twoAutoscalersAreNamed() {
        List<ContainerSpec> template = template("app");
        Recommendation held = plan(
                        template,
                        template,
                        List.of(autoscaler("CPU 55", null), named("web-2", "CPU 70")),
                        HpaRule.RETUNE)
                .getFirst();
        assertThat(held.reasons()).contains(new RetuneReason.SeveralTargets(List.of("web", "web-2")));
    }

    /** Set to 90 % for requests of 611m; 55 % of 1000m it was before. */
    @ParameterizedTest(name = "pods have {0}m")
    @CsvSource(delimiter = '|', textBlock = """
        611  | Retune app 625m CPU 88
        623  | Retune app 625m CPU 88
        650  | Retune target CPU 84; Hold app AutoscalerStandsOnCpu FollowsPods
        1000 | Retune target CPU 55; Hold app AutoscalerStandsOnCpu FollowsPods
        500  | Retune app 625m CPU 88
        """)
    void aTargetThatIsTooHighForThePodsComesDownFirst(long milli, String expected) {
        var origin = new UtilizationTarget.Origin(55, new ResourceAmount(Resource.CPU, 1000));
        var target = new UtilizationTarget(Resource.CPU, Optional.empty(), 90, Optional.of(origin));
        var autoscaler = new HorizontalAutoscaler("shop", "web", Web.ID, 1, 20, List.of(target), Optional.empty());
        ContainerSpec running = template("app").getFirst().with(requests(milli, 1000 * MB));
        assertThat(shortForm(plan(template("app"), List.of(running), List.of(autoscaler), HpaRule.RETUNE)))
                .isEqualTo(expected);
    }

    /** Ten pods keep 10 replicas by 55 % of 1000m; 50 % is set, and the minimum stands in. */
    @ParameterizedTest(name = "pods have {0}m, the minimum is {1}")
    @CsvSource(delimiter = '|', textBlock = """
        2000 |  6 | Retune target min 10
        2000 | 10 | -
        2000 | 12 | -
        2000 | 13 | Retune target min 12
        2000 | 20 | Retune target min 18
        1000 | 10 | Retune target min 2
        """)
    void aMinimumThatStandsInForATargetGoesWithTheLoad(long milli, int least, String expected) {
        var origin = new UtilizationTarget.Origin(55, milli(1000));
        var target = new UtilizationTarget(Resource.CPU, Optional.empty(), 50, Optional.of(origin));
        var autoscaler = new HorizontalAutoscaler(
                "shop", "web", Web.ID, least, OptionalInt.of(2), 20, List.of(target), Optional.empty());
        ContainerSpec running = template("app").getFirst().with(requests(milli, 1000 * MB));
        assertThat(followed(plan(template("app"), List.of(running), List.of(autoscaler), HpaRule.RETUNE)))
                .isEqualTo(expected);
    }

    /** Its two pods more share the same load: the controller counts the ten that are asked for, within its tolerance. */
    @Test
    void aMinimumThatStandsInIsNotRaisedByTheSurgeOfARollout() {
        var origin = new UtilizationTarget.Origin(55, milli(1000));
        var target = new UtilizationTarget(Resource.CPU, Optional.empty(), 50, Optional.of(origin));
        var autoscaler = new HorizontalAutoscaler(
                "shop", "web", Web.ID, PODS, OptionalInt.of(2), 20, List.of(target), Optional.empty());
        ContainerSpec running = template("app").getFirst().with(requests(2000, 1000 * MB));
        assertThat(followed(plan(
                        PODS + 2,
                        0.5,
                        template("app"),
                        List.of(running),
                        List.of(autoscaler),
                        HpaRule.RETUNE,
                        Policy.Requests.DEFAULT)))
                .isEqualTo("-");
    }

    private static String followed(List<Recommendation> plan) {
        String followed = plan.stream()
                .filter(it -> it instanceof Retune retune && retune.resizes().isEmpty())
                .map(JointRequestsTest::shortForm)
                .collect(Collectors.joining("; "));
        return followed.isEmpty() ? "-" : followed;
    }

    @Test
    void theReasonHasTheNumbers() {
        List<ContainerSpec> template = template("app");
        List<Reason> reasons = plan(template, template, List.of(autoscaler("CPU 62", null)), HpaRule.RETUNE)
                .getFirst()
                .reasons();
        assertThat(reasons)
                .contains(
                        new RetuneReason.ReplicasStay("web", milli(1000), 62, milli(689), 90),
                        new RetuneReason.StopsShort("web", milli(621), milli(689), 90));
        assertThat(reasons.getFirst().getClass().getSimpleName()).isEqualTo("CpuByRisk");
    }

    private static ResourceAmount milli(long amount) {
        return new ResourceAmount(Resource.CPU, amount);
    }

    /** Without what stands on the replica count. */
    private static List<Recommendation> plan(
            List<ContainerSpec> template,
            List<ContainerSpec> running,
            List<HorizontalAutoscaler> autoscalers,
            HpaRule rule) {
        return plan(template, running, autoscalers, rule, Policy.Requests.DEFAULT);
    }

    private static List<Recommendation> plan(
            List<ContainerSpec> template,
            List<ContainerSpec> running,
            List<HorizontalAutoscaler> autoscalers,
            HpaRule rule,
            Policy.Requests requests) {
        return plan(PODS, 0.6, template, running, autoscalers, rule, requests);
    }

    /** @param cores that each pod's app uses */
    private static List<Recommendation> plan(
            int pods,
            double cores,
            List<ContainerSpec> template,
            List<ContainerSpec> running,
            List<HorizontalAutoscaler> autoscalers,
            HpaRule rule,
            Policy.Requests requests) {
        List<Demand> demands = template.stream()
                .map(container -> {
                    Map<PodId, Double> used = new HashMap<>();
                    Map<PodId, Double> bytes = new HashMap<>();
                    boolean app = container.name().equals("app");
                    for (int i = 0; i < pods; i++) {
                        used.put(Web.pod(i), app ? cores : 0.06);
                        if (container.image().equals("sampled")) bytes.put(Web.pod(i), 600.0 * MB);
                    }
                    return Web.demand(container, template.size(), used, bytes);
                })
                .toList();
        var spec = new Policy.Spec(
                Mode.APPLY,
                Policy.Scope.EVERYTHING,
                Policy.Objective.DEFAULT,
                requests,
                new Policy.Replicas(OptionalInt.empty(), OptionalInt.empty(), true, List.of(), rule),
                Policy.Zero.OFF,
                Policy.Acts.DEFAULT);
        var policy = new Policy(
                new PolicyId(PolicyId.NAMESPACED, "shop", "a"), 1, Web.AT, Map.of(), spec, List.of(), Optional.empty());
        return Web.plan(PODS, template, Collections.nCopies(pods, running), demands, autoscalers, List.of(policy))
                .recommendations()
                .stream()
                .filter(it -> !(it instanceof Recommendation.Scale))
                .filter(it -> !(it instanceof Recommendation.Hold hold
                        && hold.subject().equals("replicas")))
                .toList();
    }

    /** @param containers {@code bytes} has the memory of app sampled */
    private static List<ContainerSpec> template(String containers) {
        List<ContainerSpec> template = new ArrayList<>();
        String image = containers.contains("bytes") ? "sampled" : "image";
        template.add(new ContainerSpec("app", image, requests(1000, 1000 * MB)));
        if (containers.contains("proxy")) template.add(new ContainerSpec("proxy", "image", requests(200, 100 * MB)));
        return template;
    }

    private static Requirements requests(long milli, long bytes) {
        return Requirements.requests(new MilliCores(milli), new Bytes(bytes));
    }

    private static HorizontalAutoscaler autoscaler(String targets, String keeper) {
        HorizontalAutoscaler plain = named("web", targets);
        return new HorizontalAutoscaler(
                plain.namespace(),
                plain.name(),
                plain.target(),
                plain.minReplicas(),
                plain.maxReplicas(),
                plain.targets(),
                Optional.ofNullable(keeper));
    }

    private static HorizontalAutoscaler named(String name, String targets) {
        String[] words = targets.split(" ");
        List<UtilizationTarget> all = new ArrayList<>();
        for (int i = 0; i < words.length; i += 2) {
            String[] measured = words[i].split("/");
            all.add(new UtilizationTarget(
                    Resource.valueOf(measured[0]),
                    Arrays.stream(measured).skip(1).findFirst(),
                    Integer.parseInt(words[i + 1]),
                    Optional.empty()));
        }
        return new HorizontalAutoscaler("shop", name, Web.ID, 1, 20, all, Optional.empty());
    }

    private static String shortForm(List<Recommendation> recommendations) {
        return recommendations.stream().map(JointRequestsTest::shortForm).collect(Collectors.joining("; "));
    }

    private static String shortForm(Recommendation recommendation) {
        return switch (recommendation) {
            case Resize resize -> "Resize " + changes(resize);
            case Retune retune ->
                "Retune "
                        + (retune.resizes().isEmpty()
                                ? "target"
                                : retune.resizes().stream()
                                        .map(JointRequestsTest::changes)
                                        .collect(Collectors.joining(" ")))
                        + retune.targets().stream()
                                .map(target -> " " + target.resource()
                                        + target.container()
                                                .map(name -> "/" + name)
                                                .orElse("") + " " + target.to())
                                .collect(Collectors.joining())
                        + retune.minimum()
                                .map(minimum -> " min " + minimum.to())
                                .orElse("");
            case Recommendation.Hold hold ->
                "Hold " + hold.subject() + " "
                        + hold.reasons().stream()
                                .map(reason -> reason.getClass().getSimpleName())
                                .collect(Collectors.joining(" "));
            case Recommendation.Scale scale -> "Scale";
        };
    }

    private static String changes(Resize resize) {
        String cpu = resize.to().cpuRequest().equals(resize.from().cpuRequest())
                ? ""
                : " " + resize.to().cpuRequest().orElseThrow();
        String memory = resize.to().memoryRequest().equals(resize.from().memoryRequest())
                ? ""
                : " " + resize.to().memoryRequest().orElseThrow().value() / MB + "Mb";
        return resize.container() + cpu + memory;
    }
}
