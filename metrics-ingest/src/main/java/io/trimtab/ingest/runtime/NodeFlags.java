package io.trimtab.ingest.runtime;

import io.trimtab.ingest.model.RuntimeSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the flags of V8 that Node.js is given, on its command line or in {@code NODE_OPTIONS}. */
final class NodeFlags {
    private static final String VARIABLE = "NODE_OPTIONS";
    private static final String OLD_SPACE = "--max-old-space-size";
    private static final Set<String> TAKING_A_VALUE = Set.of("-r", "--require", "--import", "--loader", "-C");

    private NodeFlags() {}

    /** @return empty when nothing tells that it is one */
    static Optional<RuntimeSettings.NodeJs> read(Launch launch) {
        Optional<List<String>> options = Stream.of("node", "nodejs")
                .flatMap(program -> launch.options(program, TAKING_A_VALUE).stream())
                .findFirst();
        if (options.isEmpty() && launch.variable(VARIABLE).isEmpty()) return Optional.empty();
        // The command line goes before the variable.
        return Optional.of(new RuntimeSettings.NodeJs(last(options.orElse(List.of()))
                .or(() -> last(launch.words(VARIABLE)))
                .flatMap(Sizes::mebibytes)));
    }

    /** V8 takes {@code _} for {@code -}. */
    private static Optional<String> last(List<String> words) {
        return words.stream()
                .filter(word -> word.replace('_', '-').startsWith(OLD_SPACE + "="))
                .reduce((earlier, later) -> later)
                .map(word -> word.substring(OLD_SPACE.length() + 1));
    }
}
