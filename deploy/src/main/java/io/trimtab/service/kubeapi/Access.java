package io.trimtab.service.kubeapi;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.trimtab.service.kubeapi.StatusException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a request pass, or says why not: first who asks, then whether they may. */
final class Access {
    private static final Logger LOG = LoggerFactory.getLogger(Access.class);

    private final FrontProxyAuthentication frontProxy;
    private final TokenAuthentication tokens;
    private final Authorization authorization;

    Access(FrontProxyAuthentication frontProxy, TokenAuthentication tokens, Authorization authorization) {
        this.frontProxy = frontProxy;
        this.tokens = tokens;
        this.authorization = authorization;
    }

    /** @throws StatusException if the request must not pass */
    void check(Credentials credentials, RequestAttributes attributes) {
        try {
            User user = authenticate(credentials).withAuthenticatedGroup();
            Authorization.Decision decision = authorization.decide(user, attributes);
            if (!decision.allowed()) throw forbidden(user, attributes, decision.reason());
        } catch (KubernetesClientException | IllegalStateException e) {
            LOG.warn("a request cannot be checked: {}", e.getMessage());
            throw new StatusException(
                    Reason.SERVICE_UNAVAILABLE,
                    "Trimtab cannot check who asks: %s; its service account needs the ClusterRole system:auth-delegator and, in kube-system, the Role extension-apiserver-authentication-reader"
                            .formatted(e.getMessage()));
        }
    }

    private User authenticate(Credentials credentials) {
        Identity byProxy = frontProxy.identify(credentials);
        return switch (byProxy) {
            case Identity.Known(User user) -> user;
            case Identity.Refused(String why) -> throw new StatusException(Reason.UNAUTHORIZED, "Unauthorized: " + why);
            case Identity.Absent() -> byToken(credentials);
        };
    }

    private User byToken(Credentials credentials) {
        return switch (tokens.identify(credentials)) {
            case Identity.Known(User user) -> user;
            case Identity.Refused(String why) -> throw new StatusException(Reason.UNAUTHORIZED, "Unauthorized: " + why);
            case Identity.Absent() ->
                throw new StatusException(
                        Reason.UNAUTHORIZED,
                        "Unauthorized: come through the API server, or with a bearer token of the cluster");
        };
    }

    private static StatusException forbidden(User user, RequestAttributes attributes, String reason) {
        String what = switch (attributes) {
            case RequestAttributes.Metric(String verb, String namespace, String metric) ->
                "%s.%s is forbidden: User \"%s\" cannot %s resource \"%s\" in API group \"%s\" in the namespace \"%s\""
                        .formatted(
                                metric,
                                RequestAttributes.GROUP,
                                user.name(),
                                verb,
                                metric,
                                RequestAttributes.GROUP,
                                namespace);
            case RequestAttributes.Other(String verb, String path) ->
                "forbidden: User \"%s\" cannot %s path \"%s\"".formatted(user.name(), verb, path);
        };
        return new StatusException(Reason.FORBIDDEN, reason.isBlank() ? what : what + ": " + reason);
    }
}
