package io.trimtab.service.kubeapi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What a request is about. Both the authorisation and the answer are made from this one reading of the address, so that they cannot differ.
 *
 * @see "Kubernetes: Authorization, determine the request verb"
 */
sealed interface RequestAttributes {
    String GROUP = "external.metrics.k8s.io";
    String VERSION = "v1beta1";

    String verb();

    /** A metric of a namespace; both texts decoded. */
    record Metric(String verb, String namespace, String metric) implements RequestAttributes {}

    /** Any other address: discovery, descriptions, probes, and what does not exist; as it was sent. */
    record Other(String verb, String path) implements RequestAttributes {}

    /**
     * @param method such as {@code GET}
     * @param rawPath still percent-encoded
     * @param watch whether changes are asked for instead of the list
     */
    static RequestAttributes of(String method, String rawPath, boolean watch) {
        List<String> parts = Arrays.asList(rawPath.split("/", -1));
        List<String> prefix = List.of("", "apis", GROUP, VERSION, "namespaces");
        boolean metric = parts.size() == prefix.size() + 2
                && parts.subList(0, prefix.size()).equals(prefix);
        if (!metric) return new Other(method.toLowerCase(java.util.Locale.ROOT), rawPath);
        String verb = switch (method) {
            case "GET", "HEAD" -> watch ? "watch" : "list";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> "deletecollection";
            default -> method.toLowerCase(java.util.Locale.ROOT);
        };
        return new Metric(verb, decoded(parts.get(prefix.size())), decoded(parts.get(prefix.size() + 1)));
    }

    private static String decoded(String part) {
        // The decoder is one of forms, where a plus is a blank; in a path it is itself.
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
