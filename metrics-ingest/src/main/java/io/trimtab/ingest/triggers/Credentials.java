package io.trimtab.ingest.triggers;

import io.trimtab.ingest.tls.Tls;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a source knows us, as KEDA's {@code authModes} say it.
 *
 * @param words the modes for people, such as {@code bearer and tls}; empty without any
 * @param headers sent with each request
 * @param query parameters of the address
 * @see "kedacore/keda v2.21.0, pkg/scalers/authentication/authentication_types.go"
 */
record Credentials(String words, Map<String, String> headers, Map<String, String> query, Tls tls) {
    private static final String HIDDEN = "a secret text";
    private static final Set<String> KNOWN = Set.of("apiKey", "basic", "bearer", "custom", "oauth", "tls");

    Credentials {
        headers = Map.copyOf(headers);
        query = Map.copyOf(query);
    }

    @Override
    public String toString() {
        return "Credentials[%s, hidden]".formatted(words);
    }

    /**
     * @param allowed modes of this type of trigger
     * @param unsafe whether any certificate will do, where none is given to check with
     * @throws IllegalArgumentException naming the field or parameter, without its value where that is secret
     */
    static Credentials read(Parameters parameters, Set<String> allowed, boolean unsafe) {
        Set<String> modes = modes(parameters, allowed);
        Map<String, String> headers = new LinkedHashMap<>();
        Map<String, String> query = new LinkedHashMap<>();
        if (modes.contains("bearer"))
            headers.put("Authorization", "Bearer " + required(parameters, "bearer", "bearerToken", "token"));
        if (modes.contains("basic")) headers.put("Authorization", basic(parameters));
        if (modes.contains("custom"))
            headers.put(
                    required(parameters, "custom", "customAuthHeader"),
                    required(parameters, "custom", "customAuthValue"));
        if (modes.contains("apiKey")) apiKey(parameters, headers, query);
        Optional<Tls.Identity> client = modes.contains("tls")
                ? Optional.of(new Tls.Identity(
                        pem("cert", required(parameters, "tls", "cert")),
                        pem("key", required(parameters, "tls", "key"))))
                : Optional.empty();
        Optional<Tls.Pem> authorities = parameters.secret("ca").map(text -> pem("ca", text));
        boolean checked = authorities.isPresent() || client.isPresent();
        Tls tls = new Tls(unsafe && !checked, authorities, client);
        return new Credentials(String.join(" and ", modes), headers, query, tls);
    }

    private static Tls.Pem pem(String parameter, String text) {
        return new Tls.Pem("authentication parameter " + parameter, text);
    }

    private static Set<String> modes(Parameters parameters, Set<String> allowed) {
        Optional<String> text = parameters.text("authModes");
        for (Optional<String> other :
                List.of(parameters.text("authMode"), parameters.secret("authModes"), parameters.secret("authMode")))
            if (text.isEmpty()) text = other;
        Set<String> modes = new TreeSet<>();
        text.ifPresent(written ->
                Arrays.stream(written.split(",", -1)).map(String::strip).forEach(modes::add));
        // What came from a Secret is not repeated.
        boolean shown = parameters
                .text("authModes")
                .or(() -> parameters.text("authMode"))
                .isPresent();
        for (String mode : modes) {
            String must = "one of " + String.join(", ", new TreeSet<>(allowed));
            if (!KNOWN.contains(mode)) throw parameters.wrong("authModes", shown ? mode : HIDDEN, must);
            if (!allowed.contains(mode))
                throw parameters.wrong("authModes", shown ? mode : HIDDEN, must + "; it is not supported here yet");
        }
        if (modes.containsAll(Set.of("basic", "bearer")))
            throw parameters.wrong("authModes", String.join(",", modes), "only one of basic and bearer");
        return modes;
    }

    private static String required(Parameters parameters, String mode, String... names) {
        return parameters
                .secret(names)
                .orElseThrow(() -> new IllegalArgumentException(
                        "authentication parameter %s must be there for the authMode %s; give it by a TriggerAuthentication"
                                .formatted(names[0], mode)));
    }

    private static String basic(Parameters parameters) {
        String user = required(parameters, "basic", "username");
        String both = user + ":" + parameters.secret("password").orElse("");
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    private static void apiKey(Parameters parameters, Map<String, String> headers, Map<String, String> query) {
        String key = parameters
                .anywhere("apiKey")
                .orElseThrow(() -> new IllegalArgumentException(
                        "authentication parameter apiKey must be there for the authMode apiKey; give it by a"
                                + " TriggerAuthentication"));
        String method = parameters.anywhere("method").orElse("header");
        Optional<String> name = parameters.anywhere("keyParamName");
        switch (method) {
            case "header" -> headers.put(name.orElse("X-API-KEY"), key);
            case "query" -> query.put(name.orElse("api_key"), key);
            default ->
                throw parameters.wrong("method", parameters.text("method").orElse(HIDDEN), "header or query");
        }
    }
}
