package io.trimtab.ingest.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Trimtab writes beside the targets that it has moved, on the HorizontalPodAutoscaler itself: from what, so that nothing is forgotten over a restart and
 * anybody can set it back. Such as {@code cpu/web: 60% of 1, set to 90%; min: 2, set to 6}.
 *
 * @param minimum of the replicas, where it stands in for a target that can go no lower
 */
public record RetunedTargets(List<Entry> entries, Optional<Minimum> minimum) {
    public static final String ANNOTATION = "trimtab.io/retuned";

    private static final Pattern ENTRY =
            Pattern.compile("(cpu|memory)(?:/([a-z0-9-]+))?: (\\d{1,9})% of (\\S+), set to (\\d{1,9})%");

    private static final Pattern MINIMUM = Pattern.compile("min: (\\d{1,9}), set to (\\d{1,9})");

    /**
     * The least replicas.
     *
     * @param own as the owner had set it
     * @param replicas that were set
     */
    public record Minimum(int own, int replicas) {
        @Override
        public String toString() {
            return "min: %d, set to %d".formatted(own, replicas);
        }
    }

    /** @param percent that was set */
    public record Entry(Resource resource, Optional<String> container, UtilizationTarget.Origin origin, int percent) {
        private boolean isFor(Resource other, Optional<String> otherContainer) {
            return resource == other && container.equals(otherContainer);
        }

        @Override
        public String toString() {
            return "%s%s: %d%% of %s, set to %d%%"
                    .formatted(
                            word(resource),
                            container.map(name -> "/" + name).orElse(""),
                            origin.percent(),
                            origin.request(),
                            percent);
        }
    }

    public RetunedTargets {
        entries = List.copyOf(entries);
    }

    /** What cannot be read is left out: somebody else has written it. */
    public static RetunedTargets parse(String annotation) {
        List<Entry> entries = new ArrayList<>();
        Optional<Minimum> minimum = Optional.empty();
        for (String text : annotation.split("; ")) {
            Matcher matcher = ENTRY.matcher(text.strip());
            if (matcher.matches()) entry(matcher).ifPresent(entries::add);
            Matcher least = MINIMUM.matcher(text.strip());
            if (least.matches())
                minimum = Optional.of(new Minimum(Integer.parseInt(least.group(1)), Integer.parseInt(least.group(2))));
        }
        return new RetunedTargets(entries, minimum);
    }

    private static Optional<Entry> entry(Matcher matcher) {
        try {
            Resource resource = matcher.group(1).equals(word(Resource.CPU)) ? Resource.CPU : Resource.MEMORY;
            var origin = new UtilizationTarget.Origin(
                    Integer.parseInt(matcher.group(3)), ResourceAmount.parse(resource, matcher.group(4)));
            return Optional.of(new Entry(
                    resource, Optional.ofNullable(matcher.group(2)), origin, Integer.parseInt(matcher.group(5))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What a target stood for; empty where it is no longer what was set. */
    public Optional<UtilizationTarget.Origin> origin(Resource resource, Optional<String> container, int percent) {
        return entries.stream()
                .filter(entry -> entry.isFor(resource, container) && entry.percent() == percent)
                .map(Entry::origin)
                .findFirst();
    }

    /** What the minimum was before it was set; empty where it is no longer what was set. */
    public OptionalInt ownMinimum(int replicas) {
        return minimum.filter(noted -> noted.replicas() == replicas)
                .map(noted -> OptionalInt.of(noted.own()))
                .orElse(OptionalInt.empty());
    }

    /** With another minimum. */
    public RetunedTargets with(Minimum other) {
        return new RetunedTargets(entries, Optional.of(other));
    }

    /** With another entry for the same target. */
    public RetunedTargets with(Entry other) {
        List<Entry> all = new ArrayList<>(without(other.resource(), other.container()).entries);
        all.add(other);
        return new RetunedTargets(all, minimum);
    }

    public RetunedTargets without(Resource resource, Optional<String> container) {
        return new RetunedTargets(
                entries.stream()
                        .filter(entry -> !entry.isFor(resource, container))
                        .toList(),
                minimum);
    }

    /** Without a minimum, and without the targets that are as their owner had set them: with their owner's minimum there is nothing to know of these. */
    public RetunedTargets withoutMinimum() {
        return new RetunedTargets(
                entries.stream()
                        .filter(entry -> entry.percent() != entry.origin().percent())
                        .toList(),
                Optional.empty());
    }

    /** As metrics name it. */
    public static String word(Resource resource) {
        return switch (resource) {
            case CPU -> "cpu";
            case MEMORY -> "memory";
            case GPU -> "gpu";
        };
    }

    /** The annotation's value. */
    @Override
    public String toString() {
        return Stream.concat(entries.stream(), minimum.stream())
                .map(Record::toString)
                .collect(Collectors.joining("; "));
    }
}
