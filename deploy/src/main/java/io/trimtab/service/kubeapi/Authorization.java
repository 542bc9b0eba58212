package io.trimtab.service.kubeapi;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** May this user do this? The cluster's own authorisation is asked, and its answer believed for some seconds. */
final class Authorization {
    static final Duration BELIEVED = Duration.ofSeconds(10);
    private static final int MOST = 10_000;

    /** Whom no rule can refuse, in any API server. */
    private static final String MASTERS = "system:masters";

    private final UnaryOperator<SubjectAccessReview> review;
    private final Cache<Question, Decision> known;

    private record Question(User user, RequestAttributes attributes) {}

    /** @param reason in the authoriser's words; may be empty */
    record Decision(boolean allowed, String reason) {}

    /** @param review creates the review and returns it with its status */
    Authorization(UnaryOperator<SubjectAccessReview> review, Ticker ticker) {
        this.review = review;
        this.known = Caffeine.newBuilder()
                .expireAfterWrite(BELIEVED)
                .maximumSize(MOST)
                .ticker(ticker)
                .build();
    }

    Decision decide(User user, RequestAttributes attributes) {
        if (user.groups().contains(MASTERS)) return new Decision(true, "");
        return known.get(new Question(user, attributes), this::ask);
    }

    private Decision ask(Question question) {
        var spec = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(question.user().name())
                .withUid(question.user().uid())
                .withGroups(question.user().groups())
                .withExtra(question.user().extra());
        var complete = switch (question.attributes()) {
            case RequestAttributes.Metric(String verb, String namespace, String metric) ->
                spec.withNewResourceAttributes()
                        .withVerb(verb)
                        .withGroup(RequestAttributes.GROUP)
                        .withVersion(RequestAttributes.VERSION)
                        .withResource(metric)
                        .withNamespace(namespace)
                        .endResourceAttributes();
            case RequestAttributes.Other(String verb, String path) ->
                spec.withNewNonResourceAttributes()
                        .withVerb(verb)
                        .withPath(path)
                        .endNonResourceAttributes();
        };
        var status = review.apply(complete.endSpec().build()).getStatus();
        if (status == null) return new Decision(false, "the API server gave no answer");
        boolean allowed = Boolean.TRUE.equals(status.getAllowed()) && !Boolean.TRUE.equals(status.getDenied());
        return new Decision(allowed, Objects.requireNonNullElse(status.getReason(), ""));
    }
}
