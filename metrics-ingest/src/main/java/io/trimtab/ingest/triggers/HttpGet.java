package io.trimtab.ingest.triggers;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is asked of a source.
 *
 * @param source such as {@code http://prometheus:9090}, without user or query; what people read and a circuit breaker goes by
 * @param address with its query, which may hold what is secret
 * @param credentials their headers go before the others
 */
record HttpGet(String source, URI address, Map<String, String> headers, Credentials credentials, Duration timeout) {
    HttpGet {
        headers = Map.copyOf(headers);
    }

    HttpGet withAddress(URI other) {
        return new HttpGet(source, other, headers, credentials, timeout);
    }

    HttpRequest request() {
        HttpRequest.Builder builder = HttpRequest.newBuilder(address).timeout(timeout);
        headers.forEach(builder::setHeader);
        credentials.headers().forEach(builder::setHeader);
        return builder.GET().build();
    }

    /**
     * Finds now what would else fail with each request.
     *
     * @throws IllegalArgumentException naming the field
     */
    void check() {
        try {
            request();
        } catch (IllegalArgumentException e) {
            // The JDK's words show the header's value, which may be secret.
            throw new IllegalArgumentException(
                    "metadata or authentication parameters give a header that cannot be sent; its name must be a"
                        + " token, not one of Connection, Content-Length, Expect, Host and Upgrade, and its value one"
                        + " line");
        }
        credentials.tls().context();
    }

    /** {@code a=b&c=d}, in the map's order. */
    static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * An address of http or https, whole and without a user.
     *
     * @throws IllegalArgumentException naming the field; what could be secret in its value is left out
     */
    static URI address(Parameters parameters, String name) {
        String text = parameters.required(name);
        String shown = text.replaceAll("[?#].*", "").replaceAll("//[^/]*@", "//");
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw parameters.wrong(name, shown, "an address such as http://prometheus:9090");
        }
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getHost() == null)
            throw parameters.wrong(name, shown, "http://host or https://host, with an optional port and path");
        if (uri.getRawUserInfo() != null)
            throw parameters.wrong(
                    name, shown, "without a user; give it by a TriggerAuthentication and authModes basic");
        return uri;
    }

    /** Hides what may be secret. */
    @Override
    public String toString() {
        return "HttpGet[%s, %s]".formatted(source, credentials);
    }
}
