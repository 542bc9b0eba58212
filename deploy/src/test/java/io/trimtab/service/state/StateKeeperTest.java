package io.trimtab.service.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.trimtab.service.view.StateView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two sections, a text each, over restarts and with everything that can be wrong with a folder. */
class StateKeeperTest {
    private static final Duration EVERY = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    private Instant now = Instant.parse("2026-11-10T00:00:00Z");
    private String learned = "";
    private String kills = "";
    private int learnedVersion = 1;
    private List<String> notes = List.of();

    @Test
    void aRestartGoesOnWithWhatWasSavedAtTheEnd() {
        StateKeeper first = open();
        assertThat(first.view().start()).singleElement().asString().startsWith("nothing was kept in");
        learned = "much";
        kills = "two";
        first.close(true);

        StateView second = reopened().view();
        assertThat(learned).isEqualTo("much");
        assertThat(kills).isEqualTo("two");
        assertThat(second.start())
                .singleElement()
                .asString()
                .startsWith("restored what was saved at 2026-11-10T00:00:00Z in");
        assertThat(second.savedAt()).isEqualTo(now);
        assertThat(second.bytes()).isPositive();
        assertThat(second.saving()).isTrue();
    }

    @Test
    void whatASectionNotesOfItsRestoreIsSaid() {
        kills = "two";
        save();
        notes = List.of("one of two had no room");
        assertThat(reopened().view().start()).contains("one of two had no room");
    }

    @Test
    void savesEachTimeThatItIsTimeTo() {
        StateKeeper keeper = open();
        learned = "early";
        now = now.plus(EVERY).minusSeconds(1);
        keeper.tick();
        assertThat(files()).containsExactly("lock");
        now = now.plusSeconds(1);
        keeper.tick();
        keeper.close(false);
        assertThat(files()).containsExactly("lock", "state.bin");
        reopened().close(false);
        assertThat(learned).isEqualTo("early");
    }

    @Test
    void anEndWithoutWarningIsSaid() {
        learned = "saved";
        save();
        StateKeeper killed = reopened();
        learned = "lost";
        killed.close(false);
        StateKeeper next = reopened();
        assertThat(learned).isEqualTo("saved");
        assertThat(next.view().start())
                .last()
                .asString()
                .startsWith(
                        "not stopped cleanly (running since 2026-11-10T00:00:00Z): unclean after 2026-11-10T00:00:00Z");
        next.close(true);
        assertThat(reopened().view().start()).noneMatch(line -> line.contains("not stopped cleanly"));
    }

    @Test
    void thePreviousFileStandsInForACorruptOne() throws IOException {
        learned = "before";
        save();
        learned = "after";
        save();
        corrupt("state.bin");
        assertThat(String.join("\n", reopened().view().start())).contains("cannot be used: the checksum", "restored");
        assertThat(learned).isEqualTo("before");
        assertThat(files()).contains("state.bin.corrupt").doesNotContain("state.bin");
    }

    @Test
    void withBothFilesCorruptItStartsAfreshAndSaysWhatIsLost() throws IOException {
        learned = "before";
        save();
        save();
        corrupt("state.bin");
        corrupt("state.previous.bin");
        StateKeeper keeper = reopened();
        assertThat(learned).isEmpty();
        assertThat(String.join("\n", keeper.view().start()))
                .contains("learned was not restored: all is learned again", "kills was not restored");
        learned = "again";
        keeper.close(true);
        assertThat(files()).containsExactly("lock", "state.bin", "state.bin.corrupt", "state.previous.bin.corrupt");
        reopened().close(true);
        assertThat(learned).isEqualTo("again");
    }

    @Test
    void aSectionOfALaterVersionIsLostAloneAndItsFilePutAside() {
        learned = "one";
        kills = "two";
        learnedVersion = 2;
        save();
        learnedVersion = 1;
        StateKeeper keeper = reopened();
        assertThat(learned).isEmpty();
        assertThat(kills).isEqualTo("two");
        assertThat(String.join("\n", keeper.view().start()))
                .contains("part learned of", "version 2 is of later", "learned was not restored", "restored what");
        assertThat(files()).contains("state.bin.unreadable", "state.bin");
        // Killed before it has saved: what could be used is still there.
        kills = "";
        open();
        assertThat(kills).isEqualTo("two");
    }

    /** As after an update that was taken back: the file before it still speaks the old version. */
    @Test
    void aSectionOfALaterVersionIsTakenFromThePreviousFile() {
        learned = "old";
        kills = "two";
        save();
        learnedVersion = 2;
        learned = "new";
        kills = "three";
        save();
        learnedVersion = 1;
        assertThat(reopened().view().start()).noneMatch(line -> line.contains("not restored"));
        assertThat(learned).isEqualTo("old");
        assertThat(kills).isEqualTo("three");
    }

    @Test
    void aSecondProcessSavesOnceTheFirstHasEnded() {
        learned = "first";
        save();
        StateKeeper first = reopened();
        StateKeeper second = reopened();
        assertThat(learned).as("what the first saved is there for the second").isEqualTo("first");
        assertThat(second.view().saving()).isFalse();
        assertThat(second.view().start()).first().asString().startsWith("another Trimtab saves in");
        learned = "second";
        now = now.plus(EVERY);
        second.tick();
        assertThat(second.view().trouble()).isEmpty();
        learned = "first goes on";
        first.close(true);
        learned = "second takes over";
        now = now.plus(EVERY);
        second.tick();
        second.close(true);
        assertThat(second.view().saving()).isTrue();
        reopened().close(true);
        assertThat(learned).isEqualTo("second takes over");
    }

    @Test
    void aFolderThatCannotBeMadeIsToldAndNothingElse() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        folder = file.resolve("state");
        StateKeeper keeper = open();
        assertThat(keeper.view().saving()).isFalse();
        assertThat(keeper.view().trouble()).startsWith("nothing can be saved in " + folder);
        now = now.plus(EVERY);
        keeper.tick();
        keeper.close(true);
    }

    /** On a disk of 64 KiB; skipped where this user may not mount one. */
    @Test
    void aFullDiskIsToldAndWhatWasSavedBeforeStays() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=64k", "none", disk.toString()))
                .as("this user may mount a disk")
                .isTrue();
        try {
            folder = disk;
            learned = "small";
            StateKeeper keeper = open();
            now = now.plus(EVERY);
            keeper.tick();
            learned = "x".repeat(60_000);
            keeper.close(true);
            assertThat(keeper.view().trouble()).startsWith("nothing can be saved in");
            assertThat(files()).containsExactly("lock", "state.bin");
            assertThat(String.join("\n", reopened().view().start())).contains("restored", "not stopped cleanly");
            assertThat(learned).isEqualTo("small");
        } finally {
            assertThat(run("umount", "-l", disk.toString())).isTrue();
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Test
    void aSectionThatCannotBeMadeKeepsTheOthersSaved() {
        StateKeeper keeper = open();
        learned = null;
        kills = "two";
        keeper.close(true);
        assertThat(keeper.view().trouble()).startsWith("learned cannot be saved");
        StateKeeper next = reopened();
        assertThat(kills).isEqualTo("two");
        assertThat(String.join("\n", next.view().start())).contains("not stopped cleanly", "learned was not restored");
    }

    /** As where the port is taken: what was killed before is still said by the one after it. */
    @Test
    void whoLeavesIsAsIfNeverThere() {
        learned = "much";
        StateKeeper killed = open();
        now = now.plus(EVERY);
        killed.tick();
        killed.close(false);
        String line = lockLine();
        assertThat(line).startsWith("running since");
        now = now.plusSeconds(60);
        StateKeeper failed = reopened();
        failed.leave();
        assertThat(lockLine()).isEqualTo(line);
        assertThat(reopened().view().savedAt()).isEqualTo(now.minusSeconds(60));
    }

    private String lockLine() {
        try {
            return Files.readString(folder.resolve("lock"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void save() {
        open().close(true);
    }

    /** As another process would: knowing nothing. */
    private StateKeeper reopened() {
        learned = "";
        kills = "";
        return open();
    }

    /** Restores nothing into what is set, so that it can be saved. */
    private StateKeeper open() {
        return StateKeeper.open(
                folder,
                EVERY,
                List.of(
                        new Section(
                                "learned",
                                "all is learned again",
                                learnedVersion,
                                () -> learned.getBytes(UTF_8),
                                (version, content) -> restore(version, new String(content, UTF_8))),
                        Section.ofData("kills", "kills are lost", 1, to -> to.writeUTF(kills), from -> {
                                    String found = from.readUTF();
                                    if (kills.isEmpty()) kills = found;
                                })
                                .noting(() -> notes)),
                () -> now,
                new StateMetrics(new PrometheusRegistry()),
                savedAt -> "unclean after " + savedAt.map(Instant::toString).orElse("nothing"));
    }

    private void restore(int version, String found) {
        if (version > learnedVersion) throw new IllegalArgumentException("version %d is of later".formatted(version));
        if (learned.isEmpty()) learned = found;
    }

    private void corrupt(String name) throws IOException {
        Path file = folder.resolve(name);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    private List<String> files() {
        try (Stream<Path> found = Files.list(folder)) {
            return found.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
