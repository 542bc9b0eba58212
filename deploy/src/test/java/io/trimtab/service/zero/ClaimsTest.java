package io.trimtab.service.zero;

import static io.trimtab.service.zero.ScaledObjects.scaledObject;
import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.TriggeredScaling;
import io.trimtab.service.zero.Claims.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClaimsTest {
    private static final TriggeredScaling WEB = scaledObject("web");
    private static final TriggeredScaling API = scaledObject("api");
    private static final HorizontalAutoscaler HPA =
            new HorizontalAutoscaler("shop", "web-hpa", WEB.target(), 1, 5, Optional.of(50));

    @Test
    void anObjectAloneIsOurs() {
        assertThat(Claims.judge(List.of(WEB), List.of(), Optional.empty())).containsEntry(WEB.id(), new Verdict.Ours());
    }

    @Test
    void twoThatNameOneWorkloadAreBothLeftAloneAndTheRestGoesOn() {
        TriggeredScaling other = ofPolicy(WEB);
        var verdicts = Claims.judge(List.of(WEB, other, API), List.of(), Optional.empty());

        assertThat(verdicts)
                .containsEntry(WEB.id(), new Verdict.Contested(List.of(other.owner())))
                .containsEntry(other.id(), new Verdict.Contested(List.of(WEB.owner())))
                .containsEntry(API.id(), new Verdict.Ours());
    }

    @Test
    void anAutoscalerOnTheSameWorkloadIsNotFought() {
        assertThat(Claims.judge(List.of(WEB, API), List.of(HPA), Optional.empty()))
                .containsEntry(WEB.id(), new Verdict.Autoscaled("web-hpa"))
                .containsEntry(API.id(), new Verdict.Ours());
    }

    @Test
    void whereKedaRunsItsObjectsAreItsOwnAndAPolicysAreOurs() {
        TriggeredScaling policy = ofPolicy(API);
        var verdicts = Claims.judge(List.of(WEB, policy), List.of(), Optional.of("keda/keda-operator"));

        assertThat(verdicts)
                .containsEntry(WEB.id(), new Verdict.OfKeda("keda/keda-operator"))
                .containsEntry(policy.id(), new Verdict.Ours());
        assertThat(Claims.trouble(new Verdict.OfKeda("keda/keda-operator")))
                .hasValueSatisfying(
                        trouble -> assertThat(trouble.message()).contains("keda/keda-operator", "two owners"));
    }

    @Test
    void whereKedaScalesAWorkloadNoPolicyOfOursDoes() {
        TriggeredScaling policy = ofPolicy(WEB);

        assertThat(Claims.judge(List.of(WEB, policy), List.of(), Optional.of("keda/keda-operator")))
                .containsEntry(policy.id(), new Verdict.Contested(List.of(WEB.owner())));
    }

    private static TriggeredScaling ofPolicy(TriggeredScaling like) {
        return new TriggeredScaling(
                new TriggeredScaling.Owner(
                        "ScalingPolicy", like.owner().namespace(), like.owner().name()),
                like.target(),
                like.pollingInterval(),
                like.cooldown(),
                like.initialCooldown(),
                like.idleReplicas(),
                like.minReplicas(),
                like.maxReplicas(),
                like.triggers(),
                like.fallback(),
                like.modifiers(),
                like.annotations(),
                like.createdAt(),
                like.lastActive(),
                like.notSupported());
    }
}
