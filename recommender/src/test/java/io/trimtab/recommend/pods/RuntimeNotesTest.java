package io.trimtab.recommend.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.RuntimeSettings;
import io.trimtab.ingest.model.RuntimeSettings.Go;
import io.trimtab.ingest.model.RuntimeSettings.Jvm;
import io.trimtab.ingest.model.RuntimeSettings.NodeJs;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.PodReason.GoToLimits;
import io.trimtab.recommend.PodReason.HeapFollowsLimit;
import io.trimtab.recommend.PodReason.NodeJsToLimit;
import io.trimtab.recommend.PodReason.RuntimeAboveLimit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Beside a heap of 1,024 MiB a JVM takes 28 MiB at the least. */
class RuntimeNotesTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a heap that just fits            | jvm 1024Mi  | 1052Mi | 1052Mi | ''
        a heap that just does not        | jvm 1024Mi  | 1051Mi | 1051Mi | takes 1052Mi of 1051Mi
        the limit to come counts         | jvm 1024Mi  | 2048Mi | 1024Mi | takes 1052Mi of 1024Mi
        raised far enough                | jvm 1024Mi  | 1024Mi | 2048Mi | ''
        no limit to come                 | jvm 1024Mi  | 1024Mi | -      | ''
        a heap of its own machine        | machine 4Gi | 512Mi  | 512Mi  | takes 1052Mi of 512Mi
        a heap that follows              | percent 50  | 2048Mi | 1024Mi | heap 1024Mi to 512Mi
        a heap that follows what stays   | percent 50  | 2048Mi | 2048Mi | ''
        a heap that follows, from none   | percent 50  | -      | 1024Mi | ''
        Go's limit is near enough        | go 922Mi    | 1024Mi | 1024Mi | ''
        Go's limit leaves no headroom    | go 1024Mi   | 1024Mi | 1024Mi | go 921Mi
        Go's limit just does not fit     | go 1025Mi   | 1024Mi | 1024Mi | takes 1025Mi of 1024Mi go 921Mi
        Go without a limit               | go -        | 1024Mi | 512Mi  | go 460Mi
        Go, with no limit to come        | go -        | 1024Mi | -      | ''
        Node.js' old space just does not | node 1025Mi | 1024Mi | 1024Mi | takes 1025Mi of 1024Mi node 768Mi
        the limit to come counts here    | node 768Mi  | 1024Mi | 2048Mi | node 1536Mi
        Node.js' old space fits          | node 800Mi  | 1024Mi | 1024Mi | ''
        nothing is known                 | -           | 1024Mi | 512Mi  | ''
        """)
    void notes(String name, String runtime, String limit, String after, String expected) {
        String notes = RuntimeNotes.of(settings(runtime), limits(limit), limits(after)).stream()
                .map(note -> switch (note) {
                    case RuntimeAboveLimit(RuntimeSettings _, Bytes takes, Bytes most) ->
                        "takes %s of %s".formatted(mebibytes(takes), mebibytes(most));
                    case HeapFollowsLimit(Bytes now, Bytes then) ->
                        "heap %s to %s".formatted(mebibytes(now), mebibytes(then));
                    case GoToLimits(Optional<Bytes> memory, Optional<Integer> _) ->
                        "go " + mebibytes(memory.orElseThrow());
                    case NodeJsToLimit(Bytes size) -> "node " + mebibytes(size);
                    default -> note.toString();
                })
                .collect(Collectors.joining(" "));
        assertThat(notes).isEqualTo(expected);
    }

    /** Eight threads on a limit of 2.5 cores: three are fed. */
    @ParameterizedTest(name = "{0} threads, {1}: {2}")
    @CsvSource(
            nullValues = "-",
            value = {"8, 2500m, 3", "4, 3001m, -", "5, 3001m, 4", "1, 100m, -", "-, 1, -", "8, -, -"})
    void goRunsNoMoreThreadsThanItsLimitFeeds(Integer told, String cpuLimit, Integer advised) {
        var runtime = new Go(Optional.empty(), Optional.ofNullable(told));
        Optional<MilliCores> limit = Optional.ofNullable(cpuLimit).map(MilliCores::parse);
        var after = new Requirements(Optional.empty(), Optional.empty(), limit, Optional.empty(), GpuMilli.ZERO);
        List<PodReason> notes = RuntimeNotes.of(Optional.of(runtime), after, after);

        if (advised == null) assertThat(notes).isEmpty();
        else assertThat(notes).containsExactly(new GoToLimits(Optional.empty(), Optional.of(advised)));
    }

    private static Requirements limits(String memory) {
        return new Requirements(Optional.empty(), Optional.empty(), Optional.empty(), size(memory), GpuMilli.ZERO);
    }

    private static Optional<RuntimeSettings> settings(String text) {
        if (text.equals("-")) return Optional.empty();
        String[] words = text.split(" ");
        return Optional.of(
                switch (words[0]) {
                    case "jvm" -> jvm(size(words[1]), Optional.empty(), Optional.empty());
                    case "machine" -> jvm(Optional.empty(), Optional.empty(), size(words[1]));
                    case "percent" -> jvm(Optional.empty(), Optional.of(Double.valueOf(words[1])), Optional.empty());
                    case "go" -> new Go(size(words[1]), Optional.empty());
                    case "node" -> new NodeJs(size(words[1]));
                    default -> throw new IllegalArgumentException(text);
                });
    }

    private static Jvm jvm(Optional<Bytes> maxHeap, Optional<Double> percentage, Optional<Bytes> machine) {
        return new Jvm(maxHeap, percentage, Optional.empty(), machine, Optional.empty());
    }

    private static Optional<Bytes> size(String text) {
        return text.equals("-") ? Optional.empty() : Optional.of(Bytes.parse(text));
    }

    private static String mebibytes(Bytes size) {
        return String.format(Locale.ROOT, "%dMi", size.value() >> 20);
    }
}
