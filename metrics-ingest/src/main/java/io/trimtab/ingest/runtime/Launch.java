package io.trimtab.ingest.runtime;

import io.trimtab.ingest.model.RuntimeSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a container's process is started.
 *
 * @param command as the pod declares it; empty: the image's entry point, which is not known
 * @param arguments as the pod declares them
 * @param environment what the pod sets by value; what comes from elsewhere is absent
 */
public record Launch(List<String> command, List<String> arguments, Map<String, String> environment) {
    /** {@code $(NAME)}, and {@code $$(NAME)} which stands for itself. */
    private static final Pattern REFERENCE = Pattern.compile("\\$?\\$\\(([A-Za-z_.-][\\w.-]*)\\)");

    /** {@code $NAME}, {@code ${NAME}} and {@code ${NAME:-default}}. */
    private static final Pattern SHELL_REFERENCE =
            Pattern.compile("\\$(?:([A-Za-z_]\\w*)|\\{([A-Za-z_]\\w*)(?::?-([^}]*))?})");

    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");

    public Launch {
        command = List.copyOf(command);
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** Whether it is known what is started. */
    boolean namesProgram() {
        return !command.isEmpty();
    }

    /**
     * The words of command and arguments, with references to the environment replaced: Kubernetes' own everywhere, a shell's in what a shell is given.
     *
     * @see "Kubernetes documentation, Define Environment Variables for a Container: Using environment variables inside of your config"
     */
    List<String> words() {
        List<String> words = new ArrayList<>();
        boolean script = false;
        List<String> all = new ArrayList<>(command);
        all.addAll(arguments);
        for (String raw : all) {
            String word = expanded(raw);
            if (script) words.addAll(split(shellExpanded(word)));
            else words.add(word);
            script = isScriptFlag(word) && words.stream().anyMatch(Launch::isShell);
        }
        return words;
    }

    /** The words of one variable; none when it is not set. */
    List<String> words(String variable) {
        return variable(variable).map(Launch::split).orElse(List.of());
    }

    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(this::expanded).map(String::strip);
    }

    /** What its language runtime is told; empty where nothing tells which it is. */
    public Optional<RuntimeSettings> runtime() {
        return JvmFlags.read(this)
                .<RuntimeSettings>map(it -> it)
                .or(() -> NodeFlags.read(this))
                .or(() -> GoVariables.read(this));
    }

    /**
     * What a program is given before the name of what it is to run; that one's own arguments follow.
     *
     * @param program whatever its folder
     * @param takingAValue those of its options whose value is the next word
     * @return empty where it is not started
     */
    Optional<List<String>> options(String program, Set<String> takingAValue) {
        List<String> words = words();
        for (int i = 0; i < words.size(); i++)
            if (lastPart(words.get(i)).equals(program))
                return Optional.of(options(words.subList(i + 1, words.size()), takingAValue));
        return Optional.empty();
    }

    /** The options at the head of some words. */
    static List<String> options(List<String> words, Set<String> takingAValue) {
        List<String> options = new ArrayList<>();
        boolean value = false;
        for (String word : words) {
            if (!value && !word.startsWith("-")) break;
            if (!value) options.add(word);
            value = !value && takingAValue.contains(word);
        }
        return options;
    }

    private String expanded(String text) {
        return REFERENCE.matcher(text).replaceAll(found -> {
            boolean escaped = found.group().startsWith("$$");
            String value =
                    escaped ? found.group().substring(1) : environment.getOrDefault(found.group(1), found.group());
            return Matcher.quoteReplacement(value);
        });
    }

    private String shellExpanded(String script) {
        return SHELL_REFERENCE.matcher(script).replaceAll(found -> {
            String name = found.group(1) == null ? found.group(2) : found.group(1);
            String otherwise = found.group(3) == null ? "" : found.group(3);
            return Matcher.quoteReplacement(environment.getOrDefault(name, otherwise));
        });
    }

    private static List<String> split(String text) {
        return WORD.matcher(text)
                .results()
                .map(found -> found.group().replace("\"", "").replace("'", ""))
                .toList();
    }

    /** {@code -c}, also among other letters as in {@code -ec}. */
    private static boolean isScriptFlag(String word) {
        return word.matches("-[a-z]*c");
    }

    private static boolean isShell(String word) {
        return List.of("sh", "bash", "ash", "dash", "zsh").contains(lastPart(word));
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
