package io.trimtab.service.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trimtab.cost.units.Bytes;
import io.trimtab.recommend.replicas.HorizontalScaling;
import io.trimtab.recommend.replicas.ScalingAnswer;
import io.trimtab.recommend.replicas.ScalingAnswer.Limit;
import io.trimtab.recommend.replicas.ScalingAnswer.Measured;
import io.trimtab.recommend.replicas.ScalingAnswer.Predicted;
import io.trimtab.recommend.replicas.ScalingInput;
import io.trimtab.recommend.replicas.ScalingMetric;

/** Kind {@code replicas}: how many replicas a HorizontalPodAutoscaler would ask for. */
final class ReplicasEvaluation implements Evaluation {
    private static final String MEMORY = "memory";

    @Override
    public ObjectNode answer(JsonObject document) {
        ScalingInput input = ReplicasReader.read(document);
        ScalingAnswer answer = HorizontalScaling.decide(input);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("desiredReplicas", answer.desiredReplicas());
        ArrayNode metrics = node.putArray("metrics");
        for (int i = 0; i < answer.metrics().size(); i++)
            write(input.metrics().get(i), answer.metrics().get(i), metrics.addObject());
        node.put("limitedBy", answer.limitedBy().map(ReplicasEvaluation::word).orElse(null));
        answer.predicted().ifPresent(predicted -> write(predicted, node.putObject("predicted")));
        node.set("reasons", Reasons.encode(answer.reasons(), ReplicaReasonWords::explain));
        return node;
    }

    private static void write(ScalingMetric metric, Measured measured, ObjectNode node) {
        node.put("utilizationPercent", measured.utilizationPercent().orElse(null));
        node.put(
                "averageValue",
                measured.averageMilli().map(milli -> quantity(metric, milli)).orElse(null));
        measured.valueMilli().ifPresent(milli -> node.put("value", quantity(metric, milli)));
        node.put("proposedReplicas", measured.proposedReplicas().orElse(null));
    }

    private static void write(Predicted predicted, ObjectNode node) {
        node.put("at", predicted.at().toString());
        node.put("value", predicted.value().orElse(null));
        node.put("replicas", predicted.replicas().orElse(null));
        node.put("used", predicted.used());
    }

    private static String quantity(ScalingMetric metric, long milli) {
        if (milli % 1000 != 0) return milli + "m";
        boolean memory =
                metric instanceof ScalingMetric.Resource && metric.name().equals(MEMORY);
        return memory ? new Bytes(milli / 1000).toString() : Long.toString(milli / 1000);
    }

    private static String word(Limit limit) {
        return switch (limit) {
            case TOLERANCE -> "tolerance";
            case STABILIZATION -> "stabilization";
            case SCALE_UP_POLICY -> "scaleUpPolicy";
            case SCALE_DOWN_POLICY -> "scaleDownPolicy";
            case MIN_REPLICAS -> "minReplicas";
            case MAX_REPLICAS -> "maxReplicas";
        };
    }
}
