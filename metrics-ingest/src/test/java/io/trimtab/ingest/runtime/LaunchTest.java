package io.trimtab.ingest.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.ingest.model.RuntimeSettings;
import io.trimtab.ingest.model.RuntimeSettings.Go;
import io.trimtab.ingest.model.RuntimeSettings.Jvm;
import io.trimtab.ingest.model.RuntimeSettings.NodeJs;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Command and arguments are words between spaces ({@code ~} stands for a space within one), the environment is pairs between semicolons. */
class LaunchTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        -Xmx                          | java -Xmx512m -jar a.jar             | ''                         | ''                                                | jvm max 512Mi by arguments
        the last counts               | java -Xmx1g -XX:MaxHeapSize=256m A   | ''                         | ''                                                | jvm max 256Mi by arguments
        a folder before java          | /opt/jdk/bin/java -Xmx1G A           | ''                         | ''                                                | jvm max 1Gi by arguments
        the program's own             | java -jar a.jar -Xmx512m             | ''                         | ''                                                | jvm default
        a class path is no program    | java -cp /a/java -Xmx1g A -Xmx2g     | ''                         | ''                                                | jvm max 1Gi by arguments
        a percentage                  | java -XX:MaxRAMPercentage=75.0 A     | ''                         | ''                                                | jvm 75.0% by arguments
        -Xmx before the percentage    | java -Xmx1g A                        | ''                         | JAVA_TOOL_OPTIONS=-XX:MaxRAMPercentage=75         | jvm max 1Gi 75.0% by arguments
        a fraction                    | java -XX:MaxRAMFraction=2 A          | ''                         | ''                                                | jvm 50.0% by arguments
        a variable of the JVM         | /app/run                             | ''                         | JAVA_TOOL_OPTIONS=-Xmx300m~-Da=b                  | jvm max 300Mi by JAVA_TOOL_OPTIONS
        the arguments go before       | java -Xmx1g A                        | ''                         | JAVA_TOOL_OPTIONS=-Xmx2g;JDK_JAVA_OPTIONS=-Xmx3g  | jvm max 1Gi by arguments
        the launcher's go before      | ''                                   | ''                         | JAVA_TOOL_OPTIONS=-Xmx2g;JDK_JAVA_OPTIONS=-Xmx3g  | jvm max 3Gi by JDK_JAVA_OPTIONS
        the last word                 | java -Xmx1g A                        | ''                         | _JAVA_OPTIONS=-Xmx2g                              | jvm max 2Gi by _JAVA_OPTIONS
        an entry point of java        | ''                                   | -Xmx1g -jar a.jar          | ''                                                | jvm max 1Gi by arguments
        an entry point of a script    | ''                                   | ''                         | JAVA_OPTS=-Xms1g~-Xmx1g                           | jvm max 1Gi by JAVA_OPTS
        a script that is named        | catalina.sh run                      | ''                         | CATALINA_OPTS=-Xmx1g                              | jvm max 1Gi by CATALINA_OPTS
        java does not read JAVA_OPTS  | java -jar a.jar                      | ''                         | JAVA_OPTS=-Xmx1g                                  | jvm default
        a shell does                  | sh -c exec~java~$JAVA_OPTS~-jar~a    | ''                         | JAVA_OPTS=-Xmx1g                                  | jvm max 1Gi by arguments
        a shell with a default        | /bin/bash -ec java~${O:--Xmx64m}~A   | ''                         | ''                                                | jvm max 64Mi by arguments
        a reference of Kubernetes     | java -Xmx$(HEAP)m A                  | ''                         | HEAP=700                                          | jvm max 700Mi by arguments
        an escaped one                | java -Da=$$(HEAP) A                  | ''                         | HEAP=700                                          | jvm default
        a reference to nothing        | java -Xmx$(HEAP)m A                  | ''                         | ''                                                | jvm default
        what is no size               | java -Xmx1x A                        | ''                         | ''                                                | jvm default
        none at all                   | java -Xmx0 A                         | ''                         | ''                                                | jvm default
        a machine of its own          | java -XX:MaxRAM=1g A                 | ''                         | ''                                                | jvm machine 1Gi
        bytes                         | java -Xmx1048576 A                   | ''                         | ''                                                | jvm max 1Mi by arguments
        Go's limit                    | /server                              | ''                         | GOMEMLIMIT=900MiB                                 | go 900Mi procs -
        Go's limit in bytes           | /server                              | ''                         | GOMEMLIMIT=1048576;GOMAXPROCS=2                   | go 1Mi procs 2
        Go without a limit            | /server                              | ''                         | GOMEMLIMIT=off                                    | go - procs -
        node                          | node --max-old-space-size=512 a.js   | ''                         | ''                                                | node 512Mi
        node, V8's way                | node --max_old_space_size=512 a.js   | ''                         | ''                                                | node 512Mi
        node's program's own          | node a.js --max-old-space-size=512   | ''                         | ''                                                | node -
        node after a module           | node -r dd --max-old-space-size=5 a  | ''                         | ''                                                | node 5Mi
        node by a variable            | npm start                            | ''                         | NODE_OPTIONS=--max-old-space-size=2048            | node 2Gi
        the command line goes before  | node --max-old-space-size=1 a        | ''                         | NODE_OPTIONS=--max-old-space-size=2               | node 1Mi
        nothing is known              | ''                                   | --verbose                  | LANG=C                                            | -
        another program               | /server -Xmx1g                       | ''                         | ''                                                | -
        """)
    void reads(String name, String command, String arguments, String environment, String expected) {
        Optional<RuntimeSettings> found = new Launch(words(command), words(arguments), pairs(environment)).runtime();
        assertThat(found.map(LaunchTest::shortForm).orElse("-")).isEqualTo(expected);
    }

    private static String shortForm(RuntimeSettings settings) {
        return switch (settings) {
            case Jvm it ->
                "jvm" + it.maxHeap().map(heap -> " max " + heap.rounded()).orElse("")
                        + it.maxRamPercentage().map(share -> " " + share + "%").orElse("")
                        + it.maxRam().map(size -> " machine " + size.rounded()).orElse("")
                        + it.heapSetBy().map(place -> " by " + place).orElse("")
                        + (it.maxHeap().or(it::maxRam).isEmpty()
                                        && it.maxRamPercentage().isEmpty()
                                ? " default"
                                : "");
            case Go(var limit, var procs) ->
                "go %s procs %s"
                        .formatted(
                                limit.map(size -> size.rounded()).orElse("-"),
                                procs.map(String::valueOf).orElse("-"));
            case NodeJs(var oldSpace) ->
                "node " + oldSpace.map(size -> size.rounded()).orElse("-");
        };
    }

    private static List<String> words(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(" "))
                        .map(word -> word.replace('~', ' '))
                        .toList();
    }

    private static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text.isEmpty() ? new String[0] : text.split(";")) {
            int equals = pair.indexOf('=');
            pairs.put(pair.substring(0, equals), pair.substring(equals + 1).replace('~', ' '));
        }
        return pairs;
    }
}
