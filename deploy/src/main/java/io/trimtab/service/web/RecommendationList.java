package io.trimtab.service.web;

import io.trimtab.service.view.RecommendationView;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The recommendations that a filter lets through, one page of them. Public for the templates.
 *
 * @param all how many there are without a filter
 * @param filter what was asked for
 * @param namespaces of all recommendations, in order
 */
public record RecommendationList(Slice<RecommendationView> page, int all, Filter filter, List<String> namespaces) {
    /** The kind that lets every recommendation through, also what stays as it is. */
    static final String EVERY_KIND = "All";

    private static final String RESIZE = "Resize";
    private static final String RETUNE = "Retune";

    /**
     * What the address asks for; empty texts for what it does not. Public for the templates.
     *
     * @param open the id of the one that is shown open
     */
    public record Filter(String query, String namespace, String kind, String sort, String open, int offset) {}

    static RecommendationList of(List<RecommendationView> views, Filter filter) {
        String query = filter.query().strip().toLowerCase(Locale.ROOT);
        List<RecommendationView> found = views.stream()
                .filter(view -> matches(view, filter, query))
                .sorted(order(filter.sort()))
                .toList();
        List<String> namespaces = views.stream()
                .map(RecommendationView::namespace)
                .distinct()
                .sorted()
                .toList();
        return new RecommendationList(Slice.of(found, offset(found, filter)), views.size(), filter, namespaces);
    }

    private static boolean matches(RecommendationView view, Filter filter, String query) {
        if (!filter.open().isEmpty() && view.id().equals(filter.open())) return true;
        boolean kind = switch (filter.kind()) {
            case "" -> !view.kind().equals("Hold");
            case EVERY_KIND -> true;
            // A Retune resizes as well.
            case RESIZE -> view.kind().equals(RESIZE) || view.kind().equals(RETUNE);
            default -> view.kind().equals(filter.kind());
        };
        boolean namespace = filter.namespace().isEmpty() || view.namespace().equals(filter.namespace());
        return kind && namespace && (query.isEmpty() || text(view).contains(query));
    }

    private static String text(RecommendationView view) {
        return (view.id() + " " + view.reasons().getFirst().message()).toLowerCase(Locale.ROOT);
    }

    /** The page that is asked for, or that the open one is on when none is. */
    private static int offset(List<RecommendationView> found, Filter filter) {
        if (filter.open().isEmpty() || filter.offset() > 0) return filter.offset();
        for (int i = 0; i < found.size(); i++)
            if (found.get(i).id().equals(filter.open())) return i / Slice.SIZE * Slice.SIZE;
        return 0;
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
        return List.of(RESIZE, RETUNE, "Scale", "Hold", EVERY_KIND);
    }
}
