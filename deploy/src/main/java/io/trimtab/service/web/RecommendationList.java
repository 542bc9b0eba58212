package io.trimtab.service.web;

import io.trimtab.service.view.RecommendationQuery;
import io.trimtab.service.view.RecommendationQuery.Sort;
import io.trimtab.service.view.RecommendationView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The recommendations that a filter lets through, one page of them. Public for the templates.
 *
 * @param all how many there are without a filter
 * @param filter what was asked for
 * @param namespaces of all recommendations, in order
 * @param policies likewise
 */
public record RecommendationList(
        Slice<RecommendationView> page, int all, Filter filter, List<String> namespaces, List<String> policies) {
    /** The kind that lets every recommendation through, also what stays as it is. */
    static final String EVERY_KIND = "All";

    /**
     * What the address asks for, in the words of REST; empty texts for what it does not. Public for the templates.
     *
     * @param kind what is recommended; changes where it is empty
     * @param open the id of the one that is shown open
     */
    public record Filter(
            String query,
            String namespace,
            String kind,
            String container,
            String policy,
            String sort,
            String order,
            String open,
            int offset) {
        /** Asks for nothing. */
        static final Filter NONE = new Filter("", "", "", "", "", "", "", "", 0);

        /** @throws IllegalArgumentException if one of them has a value that cannot be */
        private RecommendationQuery wanted() {
            Map<String, String> given = Map.of(
                    "q", query,
                    "namespace", namespace,
                    "action", kind.isEmpty() ? "change" : kind,
                    "container", container,
                    "policy", policy,
                    "sort", sort,
                    "order", order);
            return RecommendationQuery.of(
                    name -> Stream.ofNullable(given.get(name)).toList());
        }
    }

    /** @throws IllegalArgumentException if the filter asks for what cannot be */
    static RecommendationList of(List<RecommendationView> views, Filter filter) {
        List<RecommendationView> found =
                filter.wanted().select(views, view -> view.id().equals(filter.open()));
        return new RecommendationList(
                Slice.of(found, offset(found, filter)),
                views.size(),
                filter,
                views.stream()
                        .map(RecommendationView::namespace)
                        .distinct()
                        .sorted()
                        .toList(),
                views.stream()
                        .map(RecommendationView::policy)
                        .filter(policy -> !policy.isEmpty())
                        .distinct()
                        .sorted()
                        .toList());
    }

    /** The page that is asked for, or that the open one is on when none is. */
    private static int offset(List<RecommendationView> found, Filter filter) {
        if (filter.open().isEmpty() || filter.offset() > 0) return filter.offset();
        for (int i = 0; i < found.size(); i++)
            if (found.get(i).id().equals(filter.open())) return i / Slice.SIZE * Slice.SIZE;
        return 0;
    }

    /** What they may be sorted by, as the address has it, and in words. */
    public Map<String, String> sorts() {
        Map<String, String> sorts = new LinkedHashMap<>();
        for (Sort sort : Sort.values()) sorts.put(sort.word, words(sort));
        return sorts;
    }

    private static String words(Sort sort) {
        return switch (sort) {
            case SAVING -> "by saving";
            case RISK -> "by risk now";
            case RISK_AFTER -> "by risk after";
            case SINCE -> "by since when";
            case WORKLOAD -> "by workload";
        };
    }

    public List<String> kinds() {
        return List.of("Resize", "Retune", "Scale", "Hold", EVERY_KIND);
    }
}
