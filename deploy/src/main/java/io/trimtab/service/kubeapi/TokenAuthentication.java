package io.trimtab.service.kubeapi;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micronaut.http.HttpHeaders;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Bearer tokens, for who comes without the aggregator; the API server says whose they are. */
final class TokenAuthentication {
    private static final Duration BELIEVED = Duration.ofSeconds(10);
    private static final int MOST = 1_000;
    private static final String SCHEME = "bearer ";

    private final KubernetesClient client;
    private final Cache<String, Identity> known =
            Caffeine.newBuilder().expireAfterWrite(BELIEVED).maximumSize(MOST).build();

    TokenAuthentication(KubernetesClient client) {
        this.client = client;
    }

    Identity identify(Credentials credentials) {
        return Optional.ofNullable(credentials.headers().get(HttpHeaders.AUTHORIZATION))
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip())
                .filter(token -> !token.isEmpty())
                .map(token -> known.get(token, this::review))
                .orElse(new Identity.Absent());
    }

    private Identity review(String token) {
        TokenReview answer = client.resource(new TokenReviewBuilder()
                        .withNewSpec()
                        .withToken(token)
                        .endSpec()
                        .build())
                .create();
        var status = answer.getStatus();
        if (status == null || !Boolean.TRUE.equals(status.getAuthenticated()))
            return new Identity.Refused("the API server does not know the bearer token");
        var user = status.getUser();
        return new Identity.Known(new User(
                user.getUsername(),
                Objects.requireNonNullElse(user.getUid(), ""),
                user.getGroups(),
                Objects.requireNonNullElse(user.getExtra(), Map.of())));
    }
}
