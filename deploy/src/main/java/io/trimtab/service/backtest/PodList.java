package io.trimtab.service.backtest;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.recommend.nodes.PodGroup;
import io.trimtab.service.config.SettingsException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A list of pods: CSV in the columns of Alibaba's GPU trace of 2023.
 *
 * @param pods on any model of GPU; {@code picky} on those that they accept
 */
record PodList(String name, List<PodGroup> pods, List<PodGroup> picky) {
    private static final String PREFIX = "openb_pod_list_";
    private static final int DEVICE_MILLI = 1000;

    /** The lists of a folder, by name; files without these columns are left out. */
    static List<PodList> readAll(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            file.toString().endsWith(".csv") || file.toString().endsWith(".csv.gz"))
                    .sorted()
                    .flatMap(file -> read(file).stream())
                    .toList();
        } catch (IOException e) {
            throw CsvFiles.unreadable(folder, e);
        }
    }

    private static Optional<PodList> read(Path file) {
        try (BufferedReader reader = CsvFiles.read(file)) {
            String header = reader.readLine();
            if (header == null) return Optional.empty();
            List<String> columns = Arrays.asList(CsvFiles.cells(header));
            if (!columns.containsAll(List.of("cpu_milli", "memory_mib", "num_gpu", "gpu_milli")))
                return Optional.empty();
            List<PodGroup> pods = new ArrayList<>();
            List<PodGroup> picky = new ArrayList<>();
            long number = 2;
            for (String line = reader.readLine(); line != null; line = reader.readLine(), number++) {
                if (line.isBlank()) continue;
                Row row = new Row(file, number, columns, CsvFiles.cells(line));
                pods.add(pod(row));
                picky.add(row.models().isEmpty() ? pods.getLast() : picky(pods.getLast(), row.models()));
            }
            String name = file.getFileName().toString().replaceAll("\\.csv(\\.gz)?$", "");
            return Optional.of(
                    new PodList(name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name, pods, picky));
        } catch (IOException e) {
            throw CsvFiles.unreadable(file, e);
        }
    }

    /** A line with the names of its cells. */
    private record Row(Path file, long line, List<String> columns, String[] cells) {
        long amount(String column) {
            int index = columns.indexOf(column);
            double amount = index < cells.length ? CsvFiles.number(cells[index], file, line) : Double.NaN;
            if (!(amount >= 0 && amount <= 1e12))
                throw new SettingsException("%s, line %d: %s must be a number from 0".formatted(file, line, column));
            return (long) Math.ceil(amount);
        }

        /** Of the column {@code gpu_spec}, parted by bars; none for any. */
        Set<String> models() {
            int index = columns.indexOf("gpu_spec");
            String cell = index < 0 || index >= cells.length ? "" : cells[index];
            return cell.isEmpty() ? Set.of() : new HashSet<>(Arrays.asList(cell.split("\\|")));
        }
    }

    private static PodGroup picky(PodGroup pod, Set<String> models) {
        return new PodGroup(
                pod.name(), pod.count(), pod.requested(), models, pod.hostPort(), pod.priority(), pod.spread());
    }

    /** The name is the line's: a list may name two pods alike. */
    private static PodGroup pod(Row row) {
        long devices = row.amount("num_gpu");
        long gpuMilli = devices == 1 ? row.amount("gpu_milli") : devices * DEVICE_MILLI;
        if (devices == 1 && (gpuMilli == 0 || gpuMilli > DEVICE_MILLI))
            throw new SettingsException(
                    "%s, line %d: gpu_milli (%d) must be 1..1000".formatted(row.file(), row.line(), gpuMilli));
        return PodGroup.plain(
                "line %07d".formatted(row.line()),
                1,
                new Resources(
                        new MilliCores(row.amount("cpu_milli")),
                        new Bytes(row.amount("memory_mib") << 20),
                        new GpuMilli(gpuMilli)));
    }
}
