package io.trimtab.service.kubeapi;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Stands before every address but the probes, which the kubelet asks without a name. */
@ServerFilter("/**")
final class AccessFilter {
    static final String ATTRIBUTES = "io.trimtab.service.kubeapi.attributes";
    private static final Set<String> PROBES = Set.of("/healthz", "/livez", "/readyz");

    private final Access access;

    AccessFilter(Access access) {
        this.access = access;
    }

    @RequestFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    void check(HttpRequest<?> request) {
        boolean watch = request.getParameters()
                .getFirst("watch")
                .filter(value -> value.equals("true") || value.equals("1"))
                .isPresent();
        String path = request.getUri().getRawPath();
        RequestAttributes attributes = RequestAttributes.of(request.getMethodName(), path, watch);
        request.setAttribute(ATTRIBUTES, attributes);
        if (PROBES.contains(path)) return;
        List<X509Certificate> chain =
                request.getSslSession().map(AccessFilter::certificates).orElse(List.of());
        access.check(new Credentials(chain, request.getHeaders()), attributes);
    }

    private static List<X509Certificate> certificates(SSLSession session) {
        try {
            return Arrays.stream(session.getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException none) {
            return List.of();
        }
    }
}
