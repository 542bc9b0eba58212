package io.trimtab.service.api;

import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.trimtab.service.view.Views;

/** Every answer, errors too, says whether the cluster behind it is a simulated one. */
@ServerFilter("/**")
final class ClusterHeader {
    private static final String NAME = "Trimtab-Cluster";

    private final Views views;

    ClusterHeader(Views views) {
        this.views = views;
    }

    @ResponseFilter
    void add(MutableHttpResponse<?> response) {
        response.header(NAME, views.simulated() ? "simulated" : "real");
    }
}
