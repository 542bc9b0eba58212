package io.trimtab.service.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.trimtab.service.state.StateFile.Part;
import io.trimtab.service.state.StateFile.UnreadableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is what was written, or it is refused. */
class StateFileTest {
    private static final Instant SAVED_AT = Instant.parse("2026-11-10T12:34:56.789Z");

    @TempDir
    private Path folder;

    private byte[] whole = new byte[0];

    @BeforeEach
    void write() throws IOException {
        whole = written(List.of(
                new Part("learned", 1, new byte[] {1, 2, 3}),
                new Part("käse", 7, new byte[0]),
                new Part("kills", 2, new byte[100])));
    }

    @Test
    void givesBackWhatWasWritten() throws Exception {
        StateFile read = StateFile.read(whole);
        assertThat(read.savedAt()).isEqualTo(SAVED_AT);
        assertThat(read.parts()).extracting(Part::name).containsExactly("learned", "käse", "kills");
        assertThat(read.parts()).extracting(Part::version).containsExactly(1, 7, 2);
        assertThat(read.parts().getFirst().content()).containsExactly(1, 2, 3);
        assertThat(StateFile.read(written(List.of())).parts()).isEmpty();
    }

    /** At the borders of parts, and everywhere else. */
    @Test
    void isRefusedWhereverItIsCutOff() {
        for (int length = 0; length < whole.length; length++)
            assertThat(refused(Arrays.copyOf(whole, length)).later())
                    .as("cut off after %d bytes", length)
                    .isFalse();
    }

    @Test
    void isRefusedWhicheverBitIsFlipped() {
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(refused(flipped)).as("bit %d", bit).hasMessageNotContaining("null");
        }
    }

    @Test
    void isRefusedWithMoreBehindItsEnd() {
        assertThat(refused(Arrays.copyOf(whole, whole.length + 1))).hasMessageContaining("1 bytes follow its end");
    }

    @Test
    void aFormOfLaterIsToldFromACorruptOne() {
        byte[] later = whole.clone();
        later[11] = 2;
        assertThat(refused(later).later()).isTrue();
        assertThat(refused(later)).hasMessageContaining("version 2").hasMessageContaining("up to 1");
        assertThat(refused("another file that begins otherwise".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .hasMessageContaining("does not begin");
    }

    /** A changed form takes the next version, and goes on reading this one. */
    @Test
    void theFormOfThisVersionIsTheOneThatIsStoredHere() throws Exception {
        String stored = """
            5452494d5441420000000001000001a1c5745095000000023a037ebe000000076c6561726e65640000000100000003743ea647010203f130f21e000000056bc3
            a473650000000700000000b803b2f500000000\
            """.replace("\n", "");
        assertThat(StateFile.VERSION).isEqualTo(1);
        byte[] now =
                written(List.of(new Part("learned", 1, new byte[] {1, 2, 3}), new Part("k\u00e4se", 7, new byte[0])));
        assertThat(HexFormat.of().formatHex(now)).isEqualTo(stored);
        assertThat(StateFile.read(HexFormat.of().parseHex(stored)).parts())
                .extracting(Part::name)
                .containsExactly("learned", "k\u00e4se");
    }

    private static UnreadableException refused(byte[] bytes) {
        UnreadableException refused = catchThrowableOfType(UnreadableException.class, () -> StateFile.read(bytes));
        assertThat(refused).isNotNull();
        return refused;
    }

    private byte[] written(List<Part> parts) throws IOException {
        Path file = folder.resolve("file");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            long size = new StateFile(SAVED_AT, parts).write(channel);
            assertThat(Files.size(file)).isEqualTo(size);
        }
        return Files.readAllBytes(file);
    }
}
