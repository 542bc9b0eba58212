package io.trimtab.recommend.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GradientPlacementTest {
    private static final List<NodeShape> TWO =
            List.of(OpenbPods.shape("a", 8_000, 65_536, 2, "T4", 1), OpenbPods.shape("b", 8_000, 65_536, 2, "A10", 1));

    private static PodGroup pod(long cpuMilli, long gpuMilli, String... models) {
        return new PodGroup(
                "pod",
                1,
                new Resources(new MilliCores(cpuMilli), new Bytes(1), new GpuMilli(gpuMilli)),
                Set.of(models),
                OptionalInt.empty(),
                0,
                Optional.empty());
    }

    @Test
    void completesADeviceThatIsShared() {
        var placement = new GradientPlacement(TWO, List.of(pod(1, 1000), pod(1, 500)));
        placement.place(pod(1, 500));

        assertThat(placement.place(pod(1, 500))).contains(new GradientPlacement.Placed(0, List.of(0)));
        assertThat(placement.place(pod(1, 1000))).contains(new GradientPlacement.Placed(0, List.of(1)));
    }

    @Test
    void leavesTheModelThatOthersNeed() {
        var placement = new GradientPlacement(TWO, List.of(pod(1, 1000), pod(1, 1000, "T4")));

        assertThat(placement.place(pod(1, 1000)).orElseThrow().node()).isEqualTo(1);
        assertThat(placement.place(pod(1, 1000, "T4")).orElseThrow().node()).isZero();
    }

    @ParameterizedTest(name = "{0}m of CPU, {1}m of a GPU, {2}")
    @CsvSource({"8001, 0, T4", "1, 3000, T4", "1, 1000, P100"})
    void findsNoPlaceWhereThereIsNone(long cpuMilli, long gpuMilli, String model) {
        var placement = new GradientPlacement(TWO, List.of(pod(1, 1000)));

        assertThat(placement.place(pod(cpuMilli, gpuMilli, model))).isEmpty();
    }

    @ParameterizedTest(name = "{0}, seed 1: {1} % of the GPUs of 1,213 nodes at a load of 100 %, no device overfilled")
    @CsvSource({"default, 95.2", "gpuspec33, 93.9"})
    void allocatesGpus(String list, double least) throws IOException {
        assumeThat(OpenbPods.FOLDER).as("the traces lie beside the repository").isDirectory();
        List<NodeShape> nodes = nodes();
        List<PodGroup> pods = OpenbPods.pods(list);
        long capacity =
                1000L * nodes.stream().mapToLong(node -> node.devices().gpus()).sum();
        long[][] used = new long[nodes.size()][8];
        var placement = new GradientPlacement(nodes, pods);
        var random = new Random(1);
        long arrived = 0;
        long allocated = 0;
        while (true) {
            PodGroup pod = pods.get(random.nextInt(pods.size()));
            long gpuMilli = pod.requested().gpu().value();
            arrived += gpuMilli;
            if (arrived > capacity) break;
            Optional<GradientPlacement.Placed> placed = placement.place(pod);
            if (placed.isEmpty()) continue;
            allocated += gpuMilli;
            for (int device : placed.get().devices()) used[placed.get().node()][device] += Math.min(gpuMilli, 1000);
        }

        assertThat(100.0 * allocated / capacity).isGreaterThanOrEqualTo(least);
        for (int node = 0; node < used.length; node++)
            for (int device = 0; device < 8; device++)
                assertThat(used[node][device])
                        .isLessThanOrEqualTo(device < nodes.get(node).devices().gpus() ? 1000 : 0);
    }

    private static List<NodeShape> nodes() throws IOException {
        List<NodeShape> nodes = new ArrayList<>();
        List<String> lines = Files.readAllLines(OpenbPods.FOLDER.resolve("openb_node_list_gpu_node.csv"));
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            nodes.add(OpenbPods.shape(
                    cells[0],
                    Long.parseLong(cells[1]),
                    Long.parseLong(cells[2]),
                    Integer.parseInt(cells[3]),
                    cells[4],
                    1));
        }
        return nodes;
    }
}
