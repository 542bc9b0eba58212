package io.trimtab.recommend.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.trimtab.recommend.nodes.PackingProblem.Objective;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases of the benchmark on its default list. */
class PackingTraceTest {
    @ParameterizedTest(
            name = "{0} {1} on {2}/{3}/{4}: bound {5} or more, at most {6} nodes; {7} and {8} by the stock orders")
    @CsvSource(delimiter = '|', textBlock = """
        default    | cpu | 96  | 384 | 0 | 201 | 202 | 207  | 208
        default    | cpu | 96  | 192 | 0 | 296 | 297 | 315  | 315
        default    | gpu | 96  | 384 | 8 | 782 | 791 | 906  | 903
        default    | all | 128 | 768 | 8 | 787 | 796 | 929  | 929
        default    | all | 96  | 384 | 8 | 884 | 897 | 1088 | 1084
        """)
    void reachesItsBars(
            String list, String which, long cores, long gib, int gpus, int bound, int most, int scaler, int karpenter)
            throws IOException {
        assumeThat(OpenbPods.FOLDER).as("the traces lie beside the repository").isDirectory();
        List<PodGroup> pods = OpenbPods.requests(list).stream()
                .filter(pod -> switch (which) {
                    case "cpu" -> pod.requested().gpu().isZero();
                    case "gpu" -> !pod.requested().gpu().isZero();
                    default -> true;
                })
                .toList();
        NodeShape shape = OpenbPods.shape("node", cores * 1000, gib << 10, gpus, "", 1);
        var problem = new PackingProblem(
                pods, List.of(), List.of(shape), Objective.NODES, PackingProblem.workWithin(Duration.ofSeconds(5)));

        Packing packing = Packer.pack(problem);

        assertThat(PackingChecker.faults(problem, packing)).isEmpty();
        assertThat(packing.nodeCount()).isLessThanOrEqualTo(most);
        assertThat(packing.lowerBound().nodes()).isGreaterThanOrEqualTo(bound);
        assertThat(StockPacking.nodes(pods, shape, StockPacking.Order.CLUSTER_AUTOSCALER))
                .isEqualTo(scaler);
        assertThat(StockPacking.nodes(pods, shape, StockPacking.Order.KARPENTER))
                .isEqualTo(karpenter);
    }
}
