package io.trimtab.service.web;

import io.trimtab.service.view.RecommendationView;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The recommendations that a filter lets through, one page of them. Public for the templates.
 *
 * @param total how many match, {@code all} how many there are
 * @param open the id of the one that is shown open; empty for none
 */
public record RecommendationList(
        List<RecommendationView> items,
        int total,
        int all,
        int offset,
        String query,
        String namespace,
        String kind,
        String sort,
        String open,
        List<String> namespaces) {
    private static final int SIZE = 50;

    /** What the address asks for; empty texts for what it does not. */
    public record Filter(String query, String namespace, String kind, String sort, String open, int offset) {}

    static RecommendationList of(List<RecommendationView> views, Filter filter) {
        List<RecommendationView> found = views.stream()
                .filter(view -> matches(view, filter))
                .sorted(order(filter.sort()))
                .toList();
        int from = Math.clamp(filter.offset(), 0, found.size());
        int to = Math.min(from + SIZE, found.size());
        return new RecommendationList(
                found.subList(from, to),
                found.size(),
                views.size(),
                from,
                filter.query(),
                filter.namespace(),
                filter.kind(),
                filter.sort(),
                filter.open(),
                views.stream()
                        .map(RecommendationView::namespace)
                        .distinct()
                        .sorted()
                        .toList());
    }

    private static boolean matches(RecommendationView view, Filter filter) {
        if (!filter.open().isEmpty() && view.id().equals(filter.open())) return true;
        boolean kind = filter.kind().isEmpty()
                ? !view.kind().equals("Hold")
                : view.kind().equals(filter.kind());
        boolean namespace = filter.namespace().isEmpty() || view.namespace().equals(filter.namespace());
        String text = (view.id() + " " + view.reasons().getFirst().message()).toLowerCase(Locale.ROOT);
        return kind && namespace && text.contains(filter.query().toLowerCase(Locale.ROOT));
    }

    private static Comparator<RecommendationView> order(String sort) {
        Comparator<RecommendationView> saving =
                Comparator.comparing(view -> view.perMonth().saving());
        return switch (sort) {
            case "cost" -> saving.thenComparing(RecommendationView::id);
            case "name" -> Comparator.comparing(RecommendationView::id);
            default -> saving.reversed().thenComparing(RecommendationView::id);
        };
    }

    public List<String> kinds() {
        return List.of("Resize", "Scale", "Hold");
    }

    public int previous() {
        return Math.max(0, offset - SIZE);
    }

    public int next() {
        return offset + SIZE;
    }
}
