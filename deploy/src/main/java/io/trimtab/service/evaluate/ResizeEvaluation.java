package io.trimtab.service.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trimtab.recommend.pods.LiveContainer;
import io.trimtab.recommend.pods.LiveContainer.Amounts;
import io.trimtab.recommend.pods.PodUpdate;
import io.trimtab.recommend.pods.PodUpdater;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Kind {@code resize}: whether the stock VPA updater would touch a live pod. */
final class ResizeEvaluation implements Evaluation {
    @Override
    public ObjectNode answer(JsonObject document) {
        List<LiveContainer> containers =
                containers(document.required("containers").list());
        Optional<Duration> age = document.optional("age").map(JsonValue::duration);
        document.end();
        PodUpdate update = PodUpdater.decide(containers, age);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("act", update.act());
        node.put("scaleUp", update.scaleUp());
        node.put("outsideRange", update.outsideRange());
        node.put("resourceDifference", update.resourceDifference());
        node.set("reasons", Reasons.encode(update.reasons(), PodReasonWords::explain));
        return node;
    }

    private static List<LiveContainer> containers(List<JsonValue> values) {
        List<LiveContainer> containers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonValue value : values) {
            JsonObject object = value.object();
            String name = object.required("name").text();
            if (!names.add(name)) throw object.wrong("name", "(%s) stands twice".formatted(name));
            containers.add(new LiveContainer(
                    name,
                    amounts(object, "request"),
                    amounts(object, "target"),
                    amounts(object, "lower"),
                    amounts(object, "upper")));
            object.end();
        }
        return containers;
    }

    private static Amounts amounts(JsonObject container, String name) {
        return container
                .object(name)
                .map(object -> {
                    Amounts amounts = new Amounts(
                            object.optional("cpu").map(JsonValue::milliCores),
                            object.optional("memory").map(JsonValue::bytes));
                    object.end();
                    return amounts;
                })
                .orElse(Amounts.NONE);
    }
}
