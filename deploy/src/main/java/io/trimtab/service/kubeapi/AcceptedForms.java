package io.trimtab.service.kubeapi;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MediaType;
import java.util.List;

/** The forms of an answer that a client takes, read from {@code Accept}; one without it takes any. */
record AcceptedForms(List<MediaType> forms) {
    static final MediaType AGGREGATED =
            MediaType.of("application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList");

    AcceptedForms {
        forms = List.copyOf(forms);
    }

    static AcceptedForms of(HttpHeaders headers) {
        List<MediaType> named = headers.getAll(HttpHeaders.ACCEPT).stream()
                .flatMap(header -> List.of(header.split(",")).stream())
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(MediaType::of)
                .toList();
        return new AcceptedForms(named.isEmpty() ? List.of(MediaType.ALL_TYPE) : named);
    }

    /** Whether a version 2 discovery document comes before plain JSON. */
    boolean preferAggregated() {
        return forms.stream()
                .filter(form -> isAggregated(form) || isPlain(form))
                .findFirst()
                .map(AcceptedForms::isAggregated)
                .orElse(false);
    }

    boolean takePlain() {
        return forms.stream().anyMatch(AcceptedForms::isPlain);
    }

    private static boolean isAggregated(MediaType form) {
        return isJson(form)
                && parameter(form, "g").equals("apidiscovery.k8s.io")
                && parameter(form, "v").equals("v2")
                && parameter(form, "as").equals("APIGroupDiscoveryList");
    }

    /** Without {@code as}, which asks for another kind of object than the address names. */
    private static boolean isPlain(MediaType form) {
        boolean any = form.getType().equals("*")
                || (form.getType().equals("application") && form.getSubtype().equals("*"));
        return (any || isJson(form)) && parameter(form, "as").isEmpty();
    }

    private static boolean isJson(MediaType form) {
        return form.getType().equals("application") && form.getSubtype().equals("json");
    }

    private static String parameter(MediaType form, String name) {
        return form.getParameters().get(name).map(CharSequence::toString).orElse("");
    }
}
