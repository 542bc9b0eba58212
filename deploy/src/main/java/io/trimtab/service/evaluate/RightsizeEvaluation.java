package io.trimtab.service.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trimtab.cost.units.Bytes;
import io.trimtab.ingest.model.RuntimeSettings;
import io.trimtab.ingest.model.RuntimeSettings.Go;
import io.trimtab.ingest.model.RuntimeSettings.Jvm;
import io.trimtab.ingest.model.RuntimeSettings.NodeJs;
import io.trimtab.recommend.pods.PodRecommender;
import io.trimtab.recommend.pods.Range;
import io.trimtab.recommend.pods.RightsizeAnswer;
import io.trimtab.recommend.pods.RightsizeAnswer.Change;
import io.trimtab.recommend.pods.RightsizeInput;
import java.util.Locale;
import java.util.Optional;

/** Kind {@code rightsize}: what one container should ask for. */
final class RightsizeEvaluation implements Evaluation {
    @Override
    public ObjectNode answer(JsonObject document) {
        RightsizeInput input = RightsizeReader.read(document);
        RightsizeAnswer answer = PodRecommender.rightsize(input);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        range(node, "cpu", answer.sizing().cpu());
        range(node, "memory", answer.sizing().memory());
        ObjectNode limit = node.putObject("limit");
        answer.cpuLimit().ifPresent(cpu -> limit.put("cpu", cpu.toString()));
        answer.memoryLimit().ifPresent(memory -> limit.put("memory", memory.toString()));
        if (input.runtime().isPresent()) {
            ObjectNode runtime = node.putObject("runtime");
            answer.maxHeap()
                    .ifPresentOrElse(heap -> runtime.put("maxHeap", heap.toString()), () -> runtime.putNull("maxHeap"));
        }
        answer.tell().ifPresent(told -> tell(node.putObject("runtime"), told));
        ObjectNode risk = node.putObject("risk");
        change(risk, "oomPerWeek", answer.oomPerWeek());
        change(risk, "throttledMinutesPerDay", answer.throttledMinutesPerDay());
        node.put("shape", answer.shape().name().toLowerCase(Locale.ROOT));
        if (input.checkpoint().isPresent()) node.set("checkpoint", UsageCheckpoints.write(answer.checkpoint()));
        node.set("reasons", Reasons.encode(answer.reasons(), PodReasonWords::explain));
        return node;
    }

    private static void tell(ObjectNode runtime, RuntimeSettings told) {
        switch (told) {
            case Jvm _ -> {}
            case Go(Optional<Bytes> memoryLimit, Optional<Integer> maxProcs) -> {
                runtime.put("memoryLimit", memoryLimit.map(Bytes::toString).orElse(null));
                runtime.put("maxProcs", maxProcs.orElse(null));
            }
            case NodeJs(Optional<Bytes> maxOldSpace) ->
                runtime.put("maxOldSpace", maxOldSpace.map(Bytes::toString).orElse(null));
        }
    }

    private static void range(ObjectNode node, String name, Optional<? extends Range<?>> range) {
        if (range.isEmpty()) {
            node.putNull(name);
            return;
        }
        Range<?> given = range.orElseThrow();
        node.putObject(name)
                .put("target", String.valueOf(given.target()))
                .put("lower", String.valueOf(given.lower()))
                .put("upper", String.valueOf(given.upper()));
    }

    private static void change(ObjectNode risk, String name, Optional<Change> change) {
        if (change.isEmpty()) {
            risk.putNull(name);
            return;
        }
        risk.putObject(name)
                .put("before", millionths(change.orElseThrow().before()))
                .put("after", millionths(change.orElseThrow().after()));
    }

    /** What is less is not known so well. */
    private static double millionths(double figure) {
        return Math.rint(figure * 1e6) / 1e6;
    }
}
