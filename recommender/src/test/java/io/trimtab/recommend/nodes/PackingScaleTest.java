package io.trimtab.recommend.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.recommend.nodes.PackingProblem.Objective;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackingScaleTest {
    @Test
    void packsTenThousandDifferentPodsOnFiftyShapes() {
        var random = new Random(7);
        List<PodGroup> pods = new ArrayList<>();
        for (int i = 0; i < 10_000; i++)
            pods.add(PodGroup.plain(
                    "p" + i,
                    1,
                    new Resources(
                            new MilliCores(50 + random.nextInt(4000)),
                            new Bytes((64L + random.nextInt(16_000)) << 20),
                            GpuMilli.ZERO)));
        List<NodeShape> shapes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int cores = 2 << (i % 6);
            int gibPerCore = 2 << (i / 6 % 3);
            double price = cores * (0.03 + 0.004 * gibPerCore) * (1 + 0.02 * (i % 7));
            shapes.add(OpenbPods.shape("s" + i, cores * 1000L, (long) cores * gibPerCore << 10, 0, "", price));
        }

        check(new PackingProblem(pods, List.of(), shapes, Objective.COST, PackingProblem.WORK_PER_SECOND / 2), 0.15);
    }

    @ParameterizedTest(name = "{0} within {1} of the bound")
    @CsvSource({
        "default, 0.05",
        "cpu050, 0.05",
        "cpu200, 0.05",
        "gpushare40, 0.05",
        "gpushare100, 0.1",
        "multigpu20, 0.05",
        "gpuspec33, 0.08"
    })
    void packsTheTraceOnItsGpuShapes(String name, double gap) throws IOException {
        assumeThat(OpenbPods.FOLDER).as("the traces lie beside the repository").isDirectory();
        List<NodeShape> shapes = List.of(
                OpenbPods.shape("G2", 96_000, 393_216, 8, "G2", 8),
                OpenbPods.shape("T4", 104_000, 524_288, 2, "T4", 3),
                OpenbPods.shape("P100", 16_000, 122_880, 2, "P100", 2),
                OpenbPods.shape("G3", 128_000, 786_432, 8, "G3", 12),
                OpenbPods.shape("V100M16", 32_000, 131_072, 4, "V100M16", 4),
                OpenbPods.shape("V100M32", 96_000, 786_432, 8, "V100M32", 10),
                OpenbPods.shape("A10", 128_000, 1_048_576, 1, "A10", 4));
        check(
                new PackingProblem(
                        OpenbPods.pods(name), List.of(), shapes, Objective.NODES, PackingProblem.WORK_PER_SECOND / 2),
                gap);
    }

    private static void check(PackingProblem problem, double gap) {
        Packing packing = Packer.pack(problem);

        assertThat(PackingChecker.faults(problem, packing)).isEmpty();
        assertThat(packing.gap()).isLessThan(gap);
    }
}
