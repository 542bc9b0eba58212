package io.trimtab.service.view;

import io.trimtab.service.view.BasisView.RiskChange;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which recommendations are wanted, and in which order. Texts are compared whatever their case.
 *
 * @param kind of the workload, or what is recommended
 * @param container its name, or {@code replicas}
 * @param text that the id or the decisive reason contains
 */
public record RecommendationQuery(
        Optional<String> namespace,
        Optional<String> kind,
        Optional<String> container,
        Optional<String> policy,
        Optional<Action> action,
        Optional<String> text,
        Sort sort,
        boolean ascending) {
    /** What is recommended. */
    public enum Action {
        /** Anything but {@link #HOLD}. */
        CHANGE,
        /** With or without an autoscaler's target. */
        RESIZE,
        RETUNE,
        SCALE,
        HOLD,
        ALL
    }

    /** By what they are ordered; equals by id. */
    public enum Sort {
        SAVING("saving", false, Comparator.comparing(view -> view.perMonth().saving())),
        /** Of kills at the memory limit with what is in force, then of minutes at the CPU limit; what is not known is least. */
        RISK("risk", false, risk(RiskChange::before)),
        /** Likewise with what is recommended. */
        RISK_AFTER("riskAfter", false, risk(RiskChange::after)),
        SINCE("since", false, Comparator.comparing(RecommendationView::since)),
        WORKLOAD("workload", true, Comparator.comparing(RecommendationView::id));

        /** As addresses have it. */
        public final String word;

        private final boolean usuallyAscending;
        private final Comparator<RecommendationView> order;

        Sort(String word, boolean usuallyAscending, Comparator<RecommendationView> order) {
            this.word = word;
            this.usuallyAscending = usuallyAscending;
            this.order = order;
        }

        private static Comparator<RecommendationView> risk(Function<RiskChange, Double> when) {
            return Comparator.<RecommendationView>comparingDouble(view -> figure(view, true, when))
                    .thenComparingDouble(view -> figure(view, false, when));
        }

        private static double figure(RecommendationView view, boolean oom, Function<RiskChange, Double> when) {
            BasisView basis = view.basis();
            if (basis == null) return -1;
            RiskChange change = oom ? basis.risk().oomPerWeek() : basis.risk().throttledMinutesPerDay();
            return change == null ? -1 : when.apply(change);
        }
    }

    /**
     * Reads the parameters of an address; an empty one is as none.
     *
     * @param parameters the values of a name, in order
     * @throws IllegalArgumentException if one has a value that cannot be, naming it
     */
    public static RecommendationQuery of(Function<String, List<String>> parameters) {
        Sort sort = one(parameters, "sort")
                .map(word -> known("sort", word, Sort.values(), it -> it.word))
                .orElse(Sort.SAVING);
        return new RecommendationQuery(
                one(parameters, "namespace"),
                one(parameters, "kind"),
                one(parameters, "container"),
                one(parameters, "policy"),
                one(parameters, "action")
                        .map(word -> known(
                                "action", word, Action.values(), it -> it.name().toLowerCase(Locale.ROOT))),
                one(parameters, "q"),
                sort,
                one(parameters, "order")
                        .map(word -> known(
                                "order", word, Order.values(), it -> it.name().toLowerCase(Locale.ROOT)))
                        .map(Order.ASC::equals)
                        .orElse(sort.usuallyAscending));
    }

    private enum Order {
        ASC,
        DESC
    }

    private static Optional<String> one(Function<String, List<String>> parameters, String name) {
        List<String> values = parameters.apply(name);
        if (values.size() > 1) throw new IllegalArgumentException("%s (%s) must be one text".formatted(name, values));
        return values.stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private static <T> T known(String name, String value, T[] all, Function<T, String> word) {
        return Stream.of(all)
                .filter(it -> word.apply(it).equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("%s (%s) must be one of %s"
                        .formatted(
                                name,
                                value,
                                String.join(", ", Stream.of(all).map(word).toList()))));
    }

    public List<RecommendationView> select(List<RecommendationView> all) {
        return select(all, _ -> false);
    }

    /** @param besides those that are wanted whatever the rest says */
    public List<RecommendationView> select(List<RecommendationView> all, Predicate<RecommendationView> besides) {
        Comparator<RecommendationView> order = ascending ? sort.order : sort.order.reversed();
        return all.stream()
                .filter(view -> besides.test(view) || matches(view))
                .sorted(order.thenComparing(RecommendationView::id))
                .toList();
    }

    private boolean matches(RecommendationView view) {
        return equal(namespace, view.namespace())
                && (equal(kind, view.kind()) || equal(kind, view.workloadKind()))
                && equal(container, view.subject())
                && policy.map(wanted -> contains(view.policy(), wanted)).orElse(true)
                && action.map(wanted -> isOf(wanted, view.kind())).orElse(true)
                && text.map(wanted -> contains(
                                view.id() + " " + view.reasons().getFirst().message(), wanted))
                        .orElse(true);
    }

    private static boolean isOf(Action wanted, String kind) {
        return switch (wanted) {
            case ALL -> true;
            case CHANGE -> !kind.equals("Hold");
            case RESIZE -> kind.equals("Resize") || kind.equals("Retune");
            case RETUNE, SCALE, HOLD -> kind.equalsIgnoreCase(wanted.name());
        };
    }

    private static boolean equal(Optional<String> wanted, @Nullable String value) {
        return wanted.map(text -> text.equalsIgnoreCase(value)).orElse(true);
    }

    private static boolean contains(String value, String part) {
        return value.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
