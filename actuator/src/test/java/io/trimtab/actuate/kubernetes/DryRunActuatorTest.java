package io.trimtab.actuate.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.trimtab.cost.units.Money;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.ResourceAmount;
import io.trimtab.ingest.model.UtilizationTarget;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Actuator;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.Reason;
import io.trimtab.recommend.Recommendation.Hold;
import io.trimtab.recommend.Recommendation.Resize;
import io.trimtab.recommend.Recommendation.Retune;
import io.trimtab.recommend.Recommendation.Scale;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What needs no cluster; the writes themselves are tested in the deploy module, in a real one. */
class DryRunActuatorTest {
    private static final WorkloadId WEB = new WorkloadId("shop", "Deployment", "web");
    private static final Money NO_MONEY = Money.zero(Currency.getInstance("USD"));
    private static final Impact NO_IMPACT = new Impact(NO_MONEY, NO_MONEY);
    private static final List<Reason> REASONS = List.of(new PodReason.NoSamples());
    private static final Requirements SMALL = ResourcesPatchTest.requirements("100m", "64Mi", null, "128Mi");
    private static final Requirements LARGE = ResourcesPatchTest.requirements("500m", "64Mi", "1", "256Mi");

    @Test
    void saysWhatItWouldDo() {
        Actuator actuator = DryRunActuator.local();
        assertThat(actuator.apply(new Scale(WEB, 3, 5, NO_IMPACT, REASONS)))
                .isEqualTo(new Outcome.DryRun(WEB, "shop/Deployment/web: replicas 3 -> 5"));
        assertThat(actuator.apply(new Resize(WEB, "app", LARGE, SMALL, NO_IMPACT, REASONS)))
                .isEqualTo(new Outcome.DryRun(
                        WEB,
                        "shop/Deployment/web container app: CPU request 500m -> 100m, CPU limit 1 -> none,"
                                + " memory limit 256Mi -> 128Mi"));
        var target = new Retune.Target(
                Resource.CPU,
                Optional.empty(),
                60,
                80,
                new UtilizationTarget.Origin(60, new ResourceAmount(Resource.CPU, 500)));
        Resize resize = new Resize(WEB, "app", LARGE, SMALL, NO_IMPACT, REASONS);
        assertThat(actuator.apply(new Retune(
                        WEB, "web-hpa", List.of(target), Optional.empty(), List.of(resize), NO_IMPACT, REASONS)))
                .isEqualTo(new Outcome.DryRun(
                        WEB,
                        "shop/Deployment/web container app: CPU request 500m -> 100m, CPU limit 1 -> none, memory limit"
                                + " 256Mi -> 128Mi; target of autoscaler web-hpa on cpu 60 % -> 80 %"));
        assertThat(actuator.apply(new Hold(WEB, "app", REASONS)))
                .isEqualTo(new Outcome.Skipped(WEB, "app of shop/Deployment/web stays as it is"));
    }

    @Test
    void whatCannotBeWrittenIsSkippedOrRefusedInOneLine() throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var config = new ConfigBuilder()
                .withAutoConfigure(false)
                .withMasterUrl("http://127.0.0.1:" + port)
                .withRequestRetryBackoffLimit(0)
                .build();
        try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
            Actuator actuator = new KubernetesActuator(client);
            WorkloadId daemon = new WorkloadId("shop", "DaemonSet", "agent");
            assertThat(actuator.apply(new Scale(daemon, 3, 5, NO_IMPACT, REASONS)))
                    .isEqualTo(new Outcome.Skipped(daemon, "a DaemonSet has no replica count that can be set"));
            WorkloadId cron = new WorkloadId("shop", "CronJob", "nightly");
            assertThat(actuator.apply(new Resize(cron, "app", LARGE, SMALL, NO_IMPACT, REASONS)))
                    .isEqualTo(new Outcome.Skipped(cron, "the pods of a CronJob cannot be found by a selector"));
            assertThat(actuator.apply(new Resize(WEB, "app", SMALL, SMALL, NO_IMPACT, REASONS)))
                    .isEqualTo(new Outcome.Skipped(WEB, "container app has these requests already"));
            for (var recommendation : List.of(
                    new Scale(WEB, 3, 5, NO_IMPACT, REASONS),
                    new Resize(WEB, "app", LARGE, SMALL, NO_IMPACT, REASONS))) {
                assertThat(actuator.apply(recommendation))
                        .isInstanceOfSatisfying(
                                Outcome.Refused.class,
                                refused -> assertThat(refused.why())
                                        .startsWith("the API server did not answer (")
                                        .containsIgnoringCase("refused")
                                        .endsWith("check it and the network policy"));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        404 | not found (words); it was deleted, or the cluster does not know pods/resize
        409 | changed by somebody else meanwhile; the next cycle decides again
        403 | forbidden (words); grant patch on pods/resize to Trimtab's service account, or look at the quota or admission rule named
        422 | invalid (words); correct the policy's bounds, or exclude the workload
        500 | HTTP 500 (words); look at the API server's log
        """)
    void refusalsAreOneLine(int code, String expected) {
        var status = new StatusBuilder().withCode(code).withMessage("words").build();
        assertThat(Words.why(new KubernetesClientException("x", code, status), "pods/resize"))
                .isEqualTo(expected);
    }
}
