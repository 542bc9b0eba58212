package io.trimtab.service.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trimtab.recommend.zero.Activation;
import io.trimtab.recommend.zero.ZeroDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Kind {@code zero}: up or down to zero, and with how many replicas. */
final class ZeroEvaluation implements Evaluation {
    private static final int MILLIS = 1000;

    @Override
    public ObjectNode answer(JsonObject input) {
        ZeroDecision decision = Activation.decide(ZeroReader.read(input));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("active", decision.active());
        answer.put("desiredReplicas", decision.desiredReplicas());
        answer.put("action", decision.action().name().toLowerCase(Locale.ROOT));
        answer.put("until", decision.until().map(Instant::toString).orElse(null));
        answer.put("createJobs", decision.createJobs());
        answer.put("cooldown", words(decision.cooldown()));
        answer.put("prewarmAt", decision.prewarmAt().map(Instant::toString).orElse(null));
        answer.set("reasons", Reasons.encode(decision.reasons(), ZeroReasonWords::explain));
        return answer;
    }

    private static String words(Duration duration) {
        long millis = duration.toMillis();
        return millis % MILLIS == 0 ? millis / MILLIS + "s" : millis + "ms";
    }
}
