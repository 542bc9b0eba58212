package io.trimtab.cost.ledger;

import io.trimtab.cost.ledger.Segment.Slot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The ledger's files. A segment is there when both its files are, which come into place under their final names whole and on the disk, nodes first; so whatever
 * ends the process or the machine, an hour is there whole or not at all. The name holds the checksum.
 */
final class LedgerFolder {
    private static final Pattern DAY = Pattern.compile("day=(\\d{4}-\\d{2}-\\d{2})");
    private static final Pattern FILE =
            Pattern.compile("(?:day|hour-([01]\\d|2[0-3]))\\.v(\\d{1,9})\\.([0-9a-f]{8})\\.parquet");
    private static final int BUFFER_BYTES = 1 << 20;

    private final Path root;

    LedgerFolder(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    Path unfinished() {
        return root.resolve("unfinished");
    }

    private Path pods() {
        return root.resolve("pods");
    }

    private Path nodes() {
        return root.resolve("nodes");
    }

    /** Makes the folders and removes what a process before this one did not finish. To be called by the one who writes. */
    void prepare() throws IOException {
        for (Path folder : List.of(pods(), nodes(), unfinished())) Files.createDirectories(folder);
        clear(unfinished());
    }

    /**
     * Which segments count, in order. Removes what writing, or an end without warning, left behind: half a segment, and hours that are in their day; a version that
     * was replaced is kept outside of what is read, for who compares.
     */
    List<Segment> tidied() throws IOException {
        Map<Slot, NavigableMap<Integer, Path>> pods = files(pods());
        Map<Slot, NavigableMap<Integer, Path>> nodes = files(nodes());
        Map<Slot, Segment> newest = new TreeMap<>();
        List<Segment> replaced = new ArrayList<>();
        List<Path> leftovers = new ArrayList<>();
        pods.forEach((slot, versions) -> versions.forEach((version, file) -> {
            Optional<Path> other = Optional.ofNullable(
                    nodes.getOrDefault(slot, new TreeMap<>()).remove(version));
            if (other.isEmpty()) {
                leftovers.add(file);
                return;
            }
            Optional.ofNullable(newest.put(slot, new Segment(slot, version, file, other.get())))
                    .ifPresent(replaced::add);
        }));
        nodes.values().forEach(versions -> leftovers.addAll(versions.values()));
        List<Segment> found = new ArrayList<>();
        for (Segment segment : newest.values()) {
            boolean inItsDay = segment.slot().hour().isPresent()
                    && newest.containsKey(Slot.ofDay(segment.slot().day()));
            if (inItsDay) leftovers.addAll(segment.files());
            else found.add(segment);
        }
        for (Path file : leftovers) Files.deleteIfExists(file);
        for (Segment segment : replaced) moveTo("superseded", segment);
        return found;
    }

    /**
     * Puts two finished files in their place, where they are on the disk.
     *
     * @param pods and {@code nodes} lie in {@link #unfinished}
     */
    Segment publish(Slot slot, int version, Path pods, Path nodes) throws IOException {
        Path nodesPlace = place(nodes(), slot, version, nodes);
        Path podsPlace = place(pods(), slot, version, pods);
        return new Segment(slot, version, podsPlace, nodesPlace);
    }

    /** The summary of a segment; it is beside where its name has the checksum of the pods' file, and its own. */
    Optional<Path> summary(Segment segment) throws IOException {
        String of = source(segment);
        return children(summaries(segment.slot())).stream()
                .filter(file -> file.getFileName().toString().startsWith(of))
                .findFirst();
    }

    /** Puts a finished summary in its place, and removes those that are of no use any more: of what the segment replaced, or damaged. */
    Path publishSummary(Segment segment, Path finished) throws IOException {
        Path day = summaries(segment.slot());
        Files.createDirectories(day);
        boolean whole = segment.slot().hour().isEmpty();
        for (Path file : children(day))
            if (whole || file.getFileName().toString().startsWith(segment.slot().label() + "."))
                Files.deleteIfExists(file);
        sync(finished);
        Path place = day.resolve("%s.%s.parquet".formatted(source(segment), checksum(finished)));
        Files.move(finished, place, StandardCopyOption.ATOMIC_MOVE);
        return place;
    }

    private Path summaries(Slot slot) {
        return root.resolve("summaries").resolve("day=" + slot.day());
    }

    private static String source(Segment segment) {
        return segment.pods().getFileName().toString().replace(".parquet", "");
    }

    private Path place(Path kind, Slot slot, int version, Path finished) throws IOException {
        sync(finished);
        Path day = kind.resolve("day=" + slot.day());
        if (Files.notExists(day)) {
            Files.createDirectories(day);
            sync(kind);
        }
        Path place = day.resolve("%s.v%d.%s.parquet".formatted(slot.label(), version, checksum(finished)));
        Files.move(finished, place, StandardCopyOption.ATOMIC_MOVE);
        sync(day);
        return place;
    }

    /** Puts a segment out of the way that cannot be read, whole. */
    void setAside(Segment segment) throws IOException {
        moveTo("corrupt", segment);
    }

    /** Where that is. */
    Path corrupt() {
        return root.resolve("corrupt");
    }

    /** Which slots were put out of the way, for as long as their files lie there. */
    List<Slot> damaged() throws IOException {
        Map<Slot, NavigableMap<Integer, Path>> damaged = files(corrupt().resolve("pods"));
        damaged.putAll(files(corrupt().resolve("nodes")));
        return List.copyOf(damaged.keySet());
    }

    /** Removes all days before it, what was put aside of them too. */
    List<LocalDate> removeBefore(LocalDate first) throws IOException {
        List<LocalDate> removed = new ArrayList<>();
        for (var day : days().headMap(first).entrySet()) {
            for (Path part : day.getValue()) {
                clear(part);
                Files.delete(part);
            }
            removed.add(day.getKey());
        }
        return removed;
    }

    /** The first day that is kept; empty where there is none. */
    Optional<LocalDate> firstOf(Retention kept) throws IOException {
        Optional<LocalDate> first = Optional.empty();
        long sum = 0;
        int count = 0;
        for (var day : days().descendingMap().entrySet()) {
            for (Path part : day.getValue()) for (Path file : children(part)) sum += Files.size(file);
            if (first.isPresent() && (sum > kept.bytes() || count > kept.days())) return first;
            first = Optional.of(day.getKey());
            count++;
        }
        return first;
    }

    /** The folders of each day. */
    private NavigableMap<LocalDate, List<Path>> days() throws IOException {
        NavigableMap<LocalDate, List<Path>> days = new TreeMap<>();
        for (String kind : List.of(
                "pods", "nodes", "summaries", "superseded/pods", "superseded/nodes", "corrupt/pods", "corrupt/nodes"))
            for (Path part : children(root.resolve(kind)))
                day(part)
                        .ifPresent(day -> days.computeIfAbsent(day, _ -> new ArrayList<>())
                                .add(part));
        return days;
    }

    /** Whether the file is as it was written. */
    boolean isIntact(Path file) throws IOException {
        return file.getFileName().toString().endsWith("." + checksum(file) + ".parquet");
    }

    private void moveTo(String folder, Segment segment) throws IOException {
        for (Path file : segment.files()) {
            Path target = root.resolve(folder).resolve(root.relativize(file));
            Files.createDirectories(target.getParent());
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static Map<Slot, NavigableMap<Integer, Path>> files(Path kind) throws IOException {
        Map<Slot, NavigableMap<Integer, Path>> found = new TreeMap<>();
        for (Path folder : children(kind)) {
            Optional<LocalDate> day = day(folder);
            if (day.isEmpty()) continue;
            for (Path file : children(folder)) {
                Matcher name = FILE.matcher(file.getFileName().toString());
                if (!name.matches()) continue;
                Slot slot =
                        new Slot(day.get(), Optional.ofNullable(name.group(1)).map(Integer::valueOf));
                found.computeIfAbsent(slot, _ -> new TreeMap<>()).put(Integer.valueOf(name.group(2)), file);
            }
        }
        return found;
    }

    private static Optional<LocalDate> day(Path folder) {
        Matcher name = DAY.matcher(folder.getFileName().toString());
        if (!name.matches()) return Optional.empty();
        try {
            return Optional.of(LocalDate.parse(name.group(1)));
        } catch (DateTimeParseException notOurs) {
            return Optional.empty();
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.notExists(folder)) return found;
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            children.forEach(found::add);
        }
        return found;
    }

    private static void clear(Path folder) throws IOException {
        for (Path child : children(folder)) {
            if (Files.isDirectory(child)) clear(child);
            Files.delete(child);
        }
    }

    /** A folder's names are on the disk only then, too. */
    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static String checksum(Path file) throws IOException {
        CRC32C checksum = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (channel.read(buffer) >= 0) {
                checksum.update(buffer.flip());
                buffer.clear();
            }
        }
        return "%08x".formatted(checksum.getValue());
    }
}
