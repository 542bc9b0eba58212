package io.trimtab.ingest.runtime;

import io.trimtab.cost.units.Bytes;
import io.trimtab.ingest.model.RuntimeSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a JVM's flags from all the places that it reads them from, in its order: of a flag that is given twice the last counts. Files of options
 * ({@code @file}, {@code -XX:Flags}) lie in the image and are not seen.
 */
final class JvmFlags {
    private static final String JAVA = "java";

    /** Before the command line. */
    private static final List<String> BEFORE = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");

    private static final String AFTER = "_JAVA_OPTIONS";

    /** What the scripts of images put onto the command line, where it is not the pod that starts {@code java} itself. */
    private static final List<String> OF_SCRIPTS = List.of(
            "JAVA_OPTS", "JAVA_OPTIONS", "JVM_OPTS", "JAVA_ARGS", "CATALINA_OPTS", "KAFKA_HEAP_OPTS", "ES_JAVA_OPTS");

    private static final Set<String> TAKING_A_VALUE = Set.of(
            "-cp",
            "-classpath",
            "--class-path",
            "-p",
            "--module-path",
            "--upgrade-module-path",
            "--add-modules",
            "--add-reads",
            "--add-exports",
            "--add-opens",
            "--limit-modules",
            "--enable-native-access");

    private Optional<Bytes> maxHeap = Optional.empty();
    private Optional<Double> maxRamPercentage = Optional.empty();
    private Optional<Double> minRamPercentage = Optional.empty();
    private Optional<Bytes> maxRam = Optional.empty();
    private Optional<String> heapSetBy = Optional.empty();

    private JvmFlags() {}

    /** @return empty when nothing tells that it is one */
    static Optional<RuntimeSettings.Jvm> read(Launch launch) {
        Optional<List<String>> written = launch.options(JAVA, TAKING_A_VALUE);
        // An image whose entry point is java, or a script that hands its arguments on.
        List<String> handedOn = written.isPresent() ? List.of() : ofEntryPoint(launch);
        boolean scripted = written.isEmpty() && isSet(launch, OF_SCRIPTS);
        boolean told = written.isPresent() || scripted || !handedOn.isEmpty();
        if (!told && !isSet(launch, BEFORE) && !isSet(launch, List.of(AFTER))) return Optional.empty();
        JvmFlags flags = new JvmFlags();
        for (String variable : BEFORE) flags.take(launch.words(variable), variable);
        if (scripted) for (String variable : OF_SCRIPTS) flags.take(launch.words(variable), variable);
        flags.take(written.orElse(handedOn), "arguments");
        flags.take(launch.words(AFTER), AFTER);
        return Optional.of(flags.settings());
    }

    private static List<String> ofEntryPoint(Launch launch) {
        if (launch.namesProgram()) return List.of();
        List<String> options = Launch.options(launch.words(), TAKING_A_VALUE);
        boolean javas = options.stream().anyMatch(word -> word.startsWith("-Xm") || word.startsWith("-XX:"));
        return javas ? options : List.of();
    }

    private static boolean isSet(Launch launch, List<String> variables) {
        return variables.stream().anyMatch(name -> launch.variable(name).isPresent());
    }

    private void take(List<String> words, String place) {
        for (String word : words) {
            if (word.startsWith("-Xmx")) takeMaxHeap(word.substring("-Xmx".length()), place);
            int equals = word.indexOf('=');
            if (word.startsWith("-XX:") && equals > 0)
                take(word.substring("-XX:".length(), equals), word.substring(equals + 1), place);
        }
    }

    private void take(String flag, String value, String place) {
        switch (flag) {
            case "MaxHeapSize" -> takeMaxHeap(value, place);
            case "MaxRAMPercentage" -> takePercentage(Sizes.percentage(value), place);
            // Of Java 8; a percentage since.
            case "MaxRAMFraction" -> takePercentage(Sizes.positive(value).map(parts -> 100.0 / parts), place);
            case "MinRAMPercentage" ->
                minRamPercentage = Sizes.percentage(value).or(() -> minRamPercentage);
            case "MaxRAM" -> maxRam = Sizes.jvm(value).or(() -> maxRam);
            default -> {} // does not bound the heap
        }
    }

    private void takeMaxHeap(String value, String place) {
        Optional<Bytes> size = Sizes.jvm(value).filter(it -> it.value() > 0);
        if (size.isEmpty()) return;
        maxHeap = size;
        heapSetBy = Optional.of(place);
    }

    private void takePercentage(Optional<Double> percentage, String place) {
        if (percentage.isEmpty()) return;
        maxRamPercentage = percentage;
        if (maxHeap.isEmpty()) heapSetBy = Optional.of(place);
    }

    private RuntimeSettings.Jvm settings() {
        return new RuntimeSettings.Jvm(maxHeap, maxRamPercentage, minRamPercentage, maxRam, heapSetBy);
    }
}
