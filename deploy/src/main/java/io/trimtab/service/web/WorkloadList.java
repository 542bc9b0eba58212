package io.trimtab.service.web;

import io.trimtab.service.view.WorkloadView;
import java.util.List;
import java.util.Locale;

/**
 * The workloads of a namespace, or all, whose name contains a text; one page of them. Public for the templates.
 *
 * @param namespaces of all workloads, in order
 */
public record WorkloadList(Slice<WorkloadView> page, String query, String namespace, List<String> namespaces) {
    static WorkloadList of(List<WorkloadView> views, String query, String namespace, int offset) {
        String text = query.strip().toLowerCase(Locale.ROOT);
        List<WorkloadView> found = views.stream()
                .filter(view -> namespace.isEmpty() || view.namespace().equals(namespace))
                .filter(view -> view.id().toLowerCase(Locale.ROOT).contains(text))
                .toList();
        List<String> namespaces =
                views.stream().map(WorkloadView::namespace).distinct().sorted().toList();
        return new WorkloadList(Slice.of(found, offset), query, namespace, namespaces);
    }
}
