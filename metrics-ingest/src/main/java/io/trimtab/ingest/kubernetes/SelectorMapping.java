package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.trimtab.ingest.model.LabelSelector;
import io.trimtab.ingest.model.LabelSelector.Requirement;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Selectors as objects have them. */
final class SelectorMapping {
    /** A label cannot be there and not there. */
    private static final LabelSelector NOTHING =
            LabelSelector.of(List.of(new Requirement.Exists("any", true), new Requirement.Exists("any", false)));

    private SelectorMapping() {}

    /** One that is missing selects nothing, an empty one everything. */
    static LabelSelector selector(io.fabric8.kubernetes.api.model.@Nullable LabelSelector selector) {
        if (selector == null) return NOTHING;
        return LabelSelector.of(Stream.concat(
                        PodMapping.orEmpty(selector.getMatchLabels()).entrySet().stream()
                                .map(label -> new Requirement.In(label.getKey(), Set.of(label.getValue()))),
                        selector.getMatchExpressions().stream().map(SelectorMapping::requirement))
                .toList());
    }

    private static Requirement requirement(LabelSelectorRequirement it) {
        Set<String> values = Set.copyOf(it.getValues());
        return switch (it.getOperator()) {
            case "In" -> new Requirement.In(it.getKey(), values);
            case "NotIn" -> new Requirement.NotIn(it.getKey(), values);
            case "Exists" -> new Requirement.Exists(it.getKey(), true);
            case "DoesNotExist" -> new Requirement.Exists(it.getKey(), false);
            default ->
                throw new IllegalArgumentException(
                        "the operator (%s) must be In, NotIn, Exists or DoesNotExist".formatted(it.getOperator()));
        };
    }
}
