package io.trimtab.recommend.consolidation;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.Resources;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodePodTest {
    /** As Karpenter reads it: for good, or for so long after the start. */
    @ParameterizedTest(name = "do-not-disrupt: {0}, started {1} min ago")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        true   | 500 | true
        false  | 500 | false
        yes    | 500 | false
        4h     | 239 | true
        4h     | 240 | false
        1h30m  | 89  | true
        4h     | -   | true
        1.5h   | 500 | true
        """)
    void isNotDisruptedForSoLong(String text, Long minutes, boolean expected) {
        NodePod pod = new NodePod(
                "shop",
                "web-0",
                Optional.of("ReplicaSet"),
                Resources.ZERO,
                Optional.empty(),
                Map.of("karpenter.sh/do-not-disrupt", text),
                false,
                false,
                Optional.ofNullable(minutes).map(Duration::ofMinutes),
                NodePod.USUAL_RESTART,
                Optional.empty(),
                Optional.empty(),
                true);
        assertThat(pod.isNotToBeDisrupted()).isEqualTo(expected);
    }
}
