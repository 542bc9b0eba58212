package io.trimtab.recommend.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.recommend.nodes.NodeShape.Devices;
import io.trimtab.recommend.nodes.PackingProblem.Objective;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackingScaleTest {
    private static final Path TRACE = Path.of("../../shared/traces/alibaba-gpu-2023");

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
            shapes.add(shape("s" + i, cores * 1000L, (long) cores * gibPerCore << 10, 0, "", price));
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
        assumeThat(TRACE).as("the traces lie beside the repository").isDirectory();
        List<NodeShape> shapes = List.of(
                shape("G2", 96_000, 393_216, 8, "G2", 8),
                shape("T4", 104_000, 524_288, 2, "T4", 3),
                shape("P100", 16_000, 122_880, 2, "P100", 2),
                shape("G3", 128_000, 786_432, 8, "G3", 12),
                shape("V100M16", 32_000, 131_072, 4, "V100M16", 4),
                shape("V100M32", 96_000, 786_432, 8, "V100M32", 10),
                shape("A10", 128_000, 1_048_576, 1, "A10", 4));
        check(
                new PackingProblem(pods(name), List.of(), shapes, Objective.NODES, PackingProblem.WORK_PER_SECOND / 2),
                gap);
    }

    private static void check(PackingProblem problem, double gap) {
        Packing packing = Packer.pack(problem);

        assertThat(PackingChecker.faults(problem, packing)).isEmpty();
        assertThat(packing.gap()).isLessThan(gap);
    }

    private static List<PodGroup> pods(String name) throws IOException {
        List<PodGroup> pods = new ArrayList<>();
        List<String> lines = Files.readAllLines(TRACE.resolve("openb_pod_list_%s.csv".formatted(name)));
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            int devices = Integer.parseInt(cells[3]);
            long gpuMilli = devices == 1 ? Long.parseLong(cells[4]) : devices * 1000L;
            boolean anyModel = cells.length < 6 || cells[5].isEmpty();
            pods.add(new PodGroup(
                    cells[0] + "-" + pods.size(),
                    1,
                    new Resources(
                            new MilliCores(Long.parseLong(cells[1])),
                            new Bytes(Long.parseLong(cells[2]) << 20),
                            new GpuMilli(gpuMilli)),
                    anyModel ? Set.of() : Set.copyOf(List.of(cells[5].split("\\|"))),
                    OptionalInt.empty(),
                    0,
                    Optional.empty()));
        }
        return pods;
    }

    private static NodeShape shape(String name, long cpuMilli, long mebibytes, int gpus, String model, double price) {
        return new NodeShape(
                name,
                new MilliCores(cpuMilli),
                new Bytes(mebibytes << 20),
                gpus == 0 ? Devices.NONE : new Devices(gpus, Optional.of(model), 1),
                110,
                MilliCores.ZERO,
                Bytes.ZERO,
                Optional.empty(),
                Offer.onDemand(BigDecimal.valueOf(price)),
                OptionalInt.empty());
    }
}
