package io.trimtab.service.web;

import io.trimtab.service.view.ZeroView;
import java.util.List;
import java.util.Locale;

/**
 * What triggers scale, filtered; one page of it. Public for the templates.
 *
 * @param awake of all, whatever the filter
 * @param asleep likewise
 * @param held likewise
 */
public record ZeroList(
        Slice<ZeroView> page,
        String query,
        String namespace,
        String state,
        List<String> namespaces,
        long awake,
        long asleep,
        long held) {
    static ZeroList of(List<ZeroView> views, String query, String namespace, String state, int offset) {
        String text = query.strip().toLowerCase(Locale.ROOT);
        List<ZeroView> found = views.stream()
                .filter(view -> namespace.isEmpty() || view.namespace().equals(namespace))
                .filter(view -> state.isEmpty() || view.state().equals(state))
                .filter(view -> (view.namespace() + "/" + view.workload() + " " + view.object())
                        .toLowerCase(Locale.ROOT)
                        .contains(text))
                .toList();
        return new ZeroList(
                Slice.of(found, offset),
                query,
                namespace,
                state,
                views.stream().map(ZeroView::namespace).distinct().sorted().toList(),
                count(views, "awake"),
                count(views, "asleep"),
                count(views, "held"));
    }

    private static long count(List<ZeroView> views, String state) {
        return views.stream().filter(view -> view.state().equals(state)).count();
    }
}
