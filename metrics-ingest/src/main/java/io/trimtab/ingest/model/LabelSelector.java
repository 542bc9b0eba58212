package io.trimtab.ingest.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A label selector in the words of Kubernetes: {@code a=b}, {@code a==b}, {@code a!=b}, {@code a in (b,c)}, {@code a notin (b,c)}, {@code a}, {@code !a}, {@code a>1},
 * {@code a<1}, joined by commas. As there, {@code !=} and {@code notin} also match where the label is absent.
 *
 * @param requirements all of them must hold
 */
public record LabelSelector(List<Requirement> requirements) implements Predicate<Map<String, String>> {
    /** Matches everything. */
    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    /**
     * @throws IllegalArgumentException if a key or a value is none that a label may have, or a set is empty
     */
    public static LabelSelector of(List<Requirement> requirements) {
        for (Requirement requirement : requirements) {
            LabelTokens.checkKey(requirement.key());
            requirement.values().forEach(LabelTokens::checkValue);
            boolean set = requirement instanceof Requirement.In || requirement instanceof Requirement.NotIn;
            if (set && requirement.values().isEmpty())
                throw new IllegalArgumentException("the values for %s must not be empty".formatted(requirement.key()));
        }
        return new LabelSelector(requirements);
    }

    /** One condition on one label. */
    public sealed interface Requirement {
        String key();

        /** Those that it names; empty where it names none. */
        default Set<String> values() {
            return Set.of();
        }

        boolean matches(Map<String, String> labels);

        private static String joined(Set<String> values) {
            return values.stream().sorted().collect(Collectors.joining(",", "(", ")"));
        }

        record In(String key, Set<String> values) implements Requirement {
            @Override
            public boolean matches(Map<String, String> labels) {
                return Optional.ofNullable(labels.get(key))
                        .filter(values::contains)
                        .isPresent();
            }

            @Override
            public String toString() {
                return values.size() == 1 ? key + "=" + values.iterator().next() : key + " in " + joined(values);
            }
        }

        record NotIn(String key, Set<String> values) implements Requirement {
            @Override
            public boolean matches(Map<String, String> labels) {
                return Optional.ofNullable(labels.get(key))
                        .filter(values::contains)
                        .isEmpty();
            }

            @Override
            public String toString() {
                return values.size() == 1 ? key + "!=" + values.iterator().next() : key + " notin " + joined(values);
            }
        }

        record Exists(String key, boolean wanted) implements Requirement {
            @Override
            public boolean matches(Map<String, String> labels) {
                return labels.containsKey(key) == wanted;
            }

            @Override
            public String toString() {
                return (wanted ? "" : "!") + key;
            }
        }

        /** @param greater whether the label's whole number must be greater than the bound, else less */
        record Compares(String key, boolean greater, long bound) implements Requirement {
            @Override
            public boolean matches(Map<String, String> labels) {
                return wholeNumber(labels.getOrDefault(key, ""))
                        .filter(value -> greater ? value > bound : value < bound)
                        .isPresent();
            }

            @Override
            public String toString() {
                return key + (greater ? ">" : "<") + bound;
            }
        }
    }

    /**
     * @param text empty selects everything
     * @throws IllegalArgumentException saying what was expected and where
     */
    public static LabelSelector parse(String text) {
        return text.isBlank() ? EVERYTHING : new LabelSelector(new Parser(LabelTokens.of(text)).requirements());
    }

    @Override
    public boolean test(Map<String, String> labels) {
        return requirements.stream().allMatch(requirement -> requirement.matches(labels));
    }

    /** In the words that {@link #parse} reads. */
    @Override
    public String toString() {
        return requirements.stream().map(Requirement::toString).collect(Collectors.joining(","));
    }

    private static Optional<Long> wholeNumber(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    /** Recursive descent; the grammar is that of {@code k8s.io/apimachinery/pkg/labels}. */
    private record Parser(LabelTokens tokens) {
        List<Requirement> requirements() {
            List<Requirement> requirements = new ArrayList<>();
            do requirements.add(requirement());
            while (tokens.skip(","));
            if (!tokens.ended()) throw tokens.expected("',' or the end");
            return requirements;
        }

        private Requirement requirement() {
            if (tokens.skip("!")) return new Requirement.Exists(tokens.key(), false);
            String key = tokens.key();
            if (tokens.ended() || tokens.sees(",")) return new Requirement.Exists(key, true);
            if (tokens.skip("=") || tokens.skip("==")) return new Requirement.In(key, Set.of(tokens.value()));
            if (tokens.skip("!=")) return new Requirement.NotIn(key, Set.of(tokens.value()));
            if (tokens.skip("in")) return new Requirement.In(key, tokens.values());
            if (tokens.skip("notin")) return new Requirement.NotIn(key, tokens.values());
            if (tokens.skip(">")) return new Requirement.Compares(key, true, bound());
            if (tokens.skip("<")) return new Requirement.Compares(key, false, bound());
            throw tokens.expected("one of '=', '==', '!=', 'in', 'notin', '>', '<'");
        }

        private long bound() {
            return wholeNumber(tokens.value()).orElseThrow(() -> tokens.expected("a whole number before this"));
        }
    }
}
