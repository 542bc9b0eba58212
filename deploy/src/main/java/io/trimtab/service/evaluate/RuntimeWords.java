package io.trimtab.service.evaluate;

import io.trimtab.cost.units.Bytes;
import io.trimtab.ingest.model.RuntimeSettings;
import io.trimtab.ingest.model.RuntimeSettings.Go;
import io.trimtab.ingest.model.RuntimeSettings.Jvm;
import io.trimtab.ingest.model.RuntimeSettings.NodeJs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what a language runtime is told. */
public final class RuntimeWords {
    private RuntimeWords() {}

    /** {@code JVM}, {@code Go} or {@code Node.js}. */
    public static String name(RuntimeSettings runtime) {
        return switch (runtime) {
            case Jvm _ -> "JVM";
            case Go _ -> "Go";
            case NodeJs _ -> "Node.js";
        };
    }

    /**
     * One line for each thing that it is told, and for what follows.
     *
     * @param limit of its container's memory
     */
    public static List<String> says(RuntimeSettings runtime, Optional<Bytes> limit) {
        return switch (runtime) {
            case Jvm jvm -> says(jvm, limit);
            case Go(Optional<Bytes> memoryLimit, Optional<Integer> maxProcs) -> {
                List<String> lines = new ArrayList<>();
                memoryLimit.ifPresent(size -> lines.add("GOMEMLIMIT is " + size.rounded()));
                maxProcs.ifPresent(count -> lines.add("GOMAXPROCS is " + count));
                yield lines;
            }
            case NodeJs(Optional<Bytes> maxOldSpace) ->
                maxOldSpace.map(size -> "--max-old-space-size is " + size.rounded()).stream()
                        .toList();
        };
    }

    private static List<String> says(Jvm jvm, Optional<Bytes> limit) {
        List<String> lines = new ArrayList<>();
        String by = jvm.heapSetBy().map(place -> ", by " + place).orElse("");
        jvm.maxHeap().ifPresent(size -> lines.add("-Xmx is %s%s".formatted(size.rounded(), by)));
        if (jvm.maxHeap().isPresent()) return lines;
        jvm.maxRam().ifPresent(size -> lines.add("-XX:MaxRAM is " + size.rounded()));
        jvm.maxRamPercentage().ifPresent(share -> lines.add("-XX:MaxRAMPercentage is %s%s".formatted(share, by)));
        jvm.minRamPercentage().ifPresent(share -> lines.add("-XX:MinRAMPercentage is " + share));
        jvm.maxRam()
                .or(() -> limit)
                .ifPresent(memory -> lines.add("the largest heap is %s"
                        .formatted(jvm.maxHeapWithin(memory).rounded())));
        return lines;
    }

    /** That it may take so much. */
    static String takes(RuntimeSettings runtime, Bytes most) {
        return switch (runtime) {
            case Jvm jvm ->
                "the JVM may take %s or more, as its largest heap is %s%s"
                        .formatted(
                                most.rounded(),
                                jvm.maxHeapWithin(Bytes.ZERO).rounded(),
                                jvm.heapSetBy().map(place -> " (" + place + ")").orElse(""));
            case Go _ -> "GOMEMLIMIT lets Go's runtime take %s".formatted(most.rounded());
            case NodeJs _ -> "--max-old-space-size lets Node.js take %s or more".formatted(most.rounded());
        };
    }
}
