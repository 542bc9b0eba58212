package io.trimtab.service.kubeapi;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The user that the API server's aggregator names in headers, believed only with the aggregator's client certificate. */
final class FrontProxyAuthentication {
    /** A new authority is published long before the old one ends; meanwhile both are in the list. */
    private static final Duration REREAD = Duration.ofMinutes(1);

    private static final String ONLY = "settings";

    /** When reading fails later on, what was read last stays. */
    private final LoadingCache<String, FrontProxySettings> settings;

    FrontProxyAuthentication(Supplier<FrontProxySettings> read) {
        this.settings = Caffeine.newBuilder().refreshAfterWrite(REREAD).build(key -> read.get());
    }

    Identity identify(Credentials credentials) {
        if (credentials.chain().isEmpty()) return new Identity.Absent();
        FrontProxySettings known = settings.get(ONLY);
        Optional<String> name = first(credentials, known.userHeaders());
        if (name.isEmpty()) return new Identity.Absent();
        return known.objection(credentials.chain())
                .<Identity>map(Identity.Refused::new)
                .orElseGet(() -> new Identity.Known(user(name.get(), credentials, known)));
    }

    private static User user(String name, Credentials credentials, FrontProxySettings known) {
        List<String> groups = new ArrayList<>();
        known.groupHeaders()
                .forEach(header -> groups.addAll(credentials.headers().getAll(header)));
        return new User(name, first(credentials, known.uidHeaders()).orElse(""), groups, extra(credentials, known));
    }

    private static Map<String, List<String>> extra(Credentials credentials, FrontProxySettings known) {
        Map<String, List<String>> extra = new HashMap<>();
        for (String header : credentials.headers().names())
            for (String prefix : known.extraPrefixes()) {
                String lower = header.toLowerCase(Locale.ROOT);
                if (!lower.startsWith(prefix.toLowerCase(Locale.ROOT))) continue;
                // Keys are percent-encoded, because a header's name cannot hold a slash.
                String key =
                        URLDecoder.decode(lower.substring(prefix.length()).replace("+", "%2B"), StandardCharsets.UTF_8);
                extra.put(key, List.copyOf(credentials.headers().getAll(header)));
            }
        return extra;
    }

    private static Optional<String> first(Credentials credentials, List<String> headers) {
        return headers.stream()
                .flatMap(header -> credentials.headers().getAll(header).stream())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }
}
