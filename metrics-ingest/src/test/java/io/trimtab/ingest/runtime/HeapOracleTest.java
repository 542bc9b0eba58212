package io.trimtab.ingest.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.Bytes;
import io.trimtab.ingest.model.RuntimeSettings.Jvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The largest heap is what this very JVM makes of the same flags. */
class HeapOracleTest {
    /** Of the serial collector: it rounds up to this. */
    private static final long REGION = 2L << 20;

    private static final Pattern MAX_HEAP = Pattern.compile("size_t MaxHeapSize += (\\d+)");

    @ParameterizedTest(name = "{0} with {1}")
    @CsvSource(delimiter = '|', textBlock = """
        100m  | ''
        200m  | ''
        240m  | ''
        249m  | ''
        250m  | ''
        252m  | ''
        300m  | ''
        499m  | ''
        512m  | ''
        1g    | ''
        16g   | ''
        200m  | -XX:MaxRAMPercentage=75
        400m  | -XX:MaxRAMPercentage=75
        300m  | -XX:MaxRAMPercentage=10
        240m  | -XX:MinRAMPercentage=80
        200m  | -XX:MinRAMPercentage=30
        1g    | -XX:MinRAMPercentage=5
        1g    | -Xmx100001k
        100m  | -Xmx1g
        1g    | -Xmx512m -XX:MaxHeapSize=256m
        400m  | -XX:MaxRAMPercentage=75 -Xmx100m
        """)
    void agreesWithTheJvm(String memory, String flags) throws IOException, InterruptedException {
        List<String> words = flags.isEmpty() ? List.of() : List.of(flags.split(" "));
        List<String> command = new ArrayList<>(List.of("java"));
        command.addAll(words);
        Jvm settings = (Jvm) new Launch(command, List.of(), Map.of()).runtime().orElseThrow();
        long ours = settings.maxHeapWithin(Sizes.jvm(memory).orElseThrow()).value();
        assertThat(Math.ceilDiv(ours, REGION) * REGION).isEqualTo(maxHeap(memory, words));
        Jvm boxed = (Jvm) new Launch(List.of("java", "-XX:MaxRAM=" + memory), words, Map.of())
                .runtime()
                .orElseThrow();
        assertThat(boxed.maxHeapWithin(new Bytes(64L << 30)).value()).isEqualTo(ours);
    }

    private static long maxHeap(String memory, List<String> flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-XX:MaxRAM=" + memory, "-XX:+UseSerialGC", "-XX:+PrintFlagsFinal"));
        command.addAll(flags);
        command.add("-version");
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        Matcher found = MAX_HEAP.matcher(said);
        assertThat(found.find()).as(said).isTrue();
        return Long.parseLong(found.group(1));
    }
}
