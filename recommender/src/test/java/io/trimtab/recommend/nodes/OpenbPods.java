package io.trimtab.recommend.nodes;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.recommend.nodes.NodeShape.Devices;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Alibaba's lists of pods of 2023, and nodes for them. */
final class OpenbPods {
    static final Path FOLDER = Path.of("../../shared/traces/alibaba-gpu-2023");

    private OpenbPods() {}

    static List<PodGroup> pods(String list) throws IOException {
        List<PodGroup> pods = new ArrayList<>();
        List<String> lines = Files.readAllLines(FOLDER.resolve("openb_pod_list_%s.csv".formatted(list)));
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

    /** On any model of GPU. */
    static List<PodGroup> requests(String list) throws IOException {
        return pods(list).stream()
                .map(pod -> PodGroup.plain(pod.name(), pod.count(), pod.requested()))
                .toList();
    }

    static NodeShape shape(String name, long cpuMilli, long mebibytes, int gpus, String model, double price) {
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
