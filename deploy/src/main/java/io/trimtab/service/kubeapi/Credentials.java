package io.trimtab.service.kubeapi;

import io.micronaut.http.HttpHeaders;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a request shows of itself.
 *
 * @param chain the client certificate of the connection, its own first; empty without one. The connection proves that the client holds its key and nothing else
 */
record Credentials(List<X509Certificate> chain, HttpHeaders headers) {
    Credentials {
        chain = List.copyOf(chain);
    }
}
