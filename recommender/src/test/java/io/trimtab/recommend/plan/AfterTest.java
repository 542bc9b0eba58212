package io.trimtab.recommend.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.Reason;
import io.trimtab.recommend.Recommendation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AfterTest {
    private static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");
    private static final WorkloadId WEB = new WorkloadId("shop", "Deployment", "web");

    /** What a pod needs of a node, where its request goes from one amount to another, or stays at it, and follows the hours or does not. */
    @ParameterizedTest(name = "from {0} to {1}, steps {2}: {3}")
    @CsvSource(nullValues = "-", textBlock = """
        1000, 300, -,            300
        1000, 300, 300 900,      900
        300,  300, 300 900 500,  900
        1000, 1000, 1000 300,    1000
        1000, 1000, -,           1000
        300,  300, 300 250,      300
        """)
    void thereIsRoomForTheHighestStepOfTheDay(long from, long to, String steps, long needed) {
        Reason why = steps == null
                ? new PodReason.NoSamples()
                : new PodReason.TimeOfWeek(
                        List.of(steps.split(" ")).stream()
                                .map(milli ->
                                        new PodReason.Step(new MilliCores(Long.parseLong(milli)), Duration.ofHours(8)))
                                .toList(),
                        new MilliCores(2000));
        Recommendation decided = from == to
                ? new Recommendation.Hold(WEB, "app", List.of(why))
                : new Recommendation.Resize(WEB, "app", of(from), of(to), Impact.NONE, List.of(why));

        assertThat(After.loads(snapshot(from), List.of(decided)))
                .singleElement()
                .satisfies(load -> assertThat(load.requested().cpu()).isEqualTo(new MilliCores(needed)));
    }

    private static Requirements of(long milli) {
        return Requirements.requests(new MilliCores(milli), new Bytes(1 << 20));
    }

    private static ClusterSnapshot snapshot(long milli) {
        ContainerSpec app = new ContainerSpec("app", "web:1", of(milli));
        Pod pod = new Pod(
                new PodId("shop", "web-0"),
                Optional.of(WEB),
                Optional.of("node"),
                PodPhase.RUNNING,
                List.of(app),
                Map.of(),
                Map.of(),
                AT,
                Optional.of(AT),
                Optional.of(AT),
                Optional.empty());
        return new ClusterSnapshot(
                AT,
                List.of(new Workload(WEB, 1, List.of(app), Map.of(), Map.of(), AT)),
                List.of(pod),
                List.of(),
                List.of());
    }
}
