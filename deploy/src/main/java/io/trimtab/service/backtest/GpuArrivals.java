package io.trimtab.service.backtest;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.recommend.nodes.GradientPlacement;
import io.trimtab.recommend.nodes.GradientPlacement.Placed;
import io.trimtab.recommend.nodes.NodeShape;
import io.trimtab.recommend.nodes.NodeShape.Devices;
import io.trimtab.recommend.nodes.Offer;
import io.trimtab.recommend.nodes.PodGroup;
import io.trimtab.service.config.SettingsException;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/** Pods of a list arrive at a given cluster, in a random order and then again at random, until they have asked for as many GPUs as there are; each is placed at once or never. */
final class GpuArrivals {
    private static final String FILE = "openb_node_list_gpu_node.csv";
    private static final long DEVICE_MILLI = 1000;

    private final List<NodeShape> nodes;
    private final long capacityMilli;

    private GpuArrivals(List<NodeShape> nodes) {
        this.nodes = nodes;
        capacityMilli = DEVICE_MILLI
                * nodes.stream().mapToLong(node -> node.devices().gpus()).sum();
    }

    /**
     * What came of one seed.
     *
     * @param overfilled devices that hold more than they are
     */
    record Outcome(double allocated, int pods, int refused, int overfilled) {}

    /** Of the folder's nodes; empty where it has no list of them. */
    static Optional<GpuArrivals> at(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) return Optional.empty();
        try (BufferedReader reader = CsvFiles.read(file)) {
            String header = reader.readLine();
            List<String> columns = header == null ? List.of() : Arrays.asList(CsvFiles.cells(header));
            List<String> wanted = List.of("sn", "cpu_milli", "memory_mib", "gpu", "model");
            if (!columns.containsAll(wanted))
                throw new SettingsException("%s must have the columns %s".formatted(file, String.join(", ", wanted)));
            List<NodeShape> nodes = new ArrayList<>();
            long number = 2;
            for (String line = reader.readLine(); line != null; line = reader.readLine(), number++)
                if (!line.isBlank()) nodes.add(node(file, number, columns, CsvFiles.cells(line)));
            return Optional.of(new GpuArrivals(nodes));
        } catch (IOException e) {
            throw CsvFiles.unreadable(file, e);
        }
    }

    private static NodeShape node(Path file, long line, List<String> columns, String[] cells) {
        if (cells.length < columns.size())
            throw new SettingsException("%s, line %d: a cell is missing".formatted(file, line));
        return new NodeShape(
                cells[columns.indexOf("sn")],
                new MilliCores((long) CsvFiles.number(cells[columns.indexOf("cpu_milli")], file, line)),
                new Bytes((long) CsvFiles.number(cells[columns.indexOf("memory_mib")], file, line) << 20),
                new Devices(
                        (int) CsvFiles.number(cells[columns.indexOf("gpu")], file, line),
                        Optional.of(cells[columns.indexOf("model")]),
                        1),
                Integer.MAX_VALUE,
                MilliCores.ZERO,
                Bytes.ZERO,
                Optional.empty(),
                Offer.onDemand(BigDecimal.ZERO),
                OptionalInt.empty());
    }

    int nodes() {
        return nodes.size();
    }

    Outcome run(List<PodGroup> pods, long seed) {
        var random = new Random(seed);
        var placement = new GradientPlacement(nodes, pods);
        List<PodGroup> order = new ArrayList<>(pods);
        Collections.shuffle(order, random);
        long[][] usedMilli =
                nodes.stream().map(node -> new long[node.devices().gpus()]).toArray(long[][]::new);
        long arrivedMilli = 0;
        long allocatedMilli = 0;
        int arrived = 0;
        int refused = 0;
        while (true) {
            PodGroup pod = arrived < order.size() ? order.get(arrived) : pods.get(random.nextInt(pods.size()));
            long gpuMilli = pod.requested().gpu().value();
            if (arrivedMilli + gpuMilli > capacityMilli) break;
            arrivedMilli += gpuMilli;
            arrived++;
            Optional<Placed> placed = placement.place(pod);
            if (placed.isEmpty()) {
                refused++;
                continue;
            }
            allocatedMilli += gpuMilli;
            for (int device : placed.get().devices())
                usedMilli[placed.get().node()][device] += Math.min(gpuMilli, DEVICE_MILLI);
        }
        int overfilled = (int) Arrays.stream(usedMilli)
                .flatMapToLong(Arrays::stream)
                .filter(milli -> milli > DEVICE_MILLI)
                .count();
        return new Outcome((double) allocatedMilli / capacityMilli, arrived, refused, overfilled);
    }
}
