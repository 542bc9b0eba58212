package io.trimtab.service.evaluate;

import io.trimtab.recommend.replicas.Amounts;
import io.trimtab.recommend.replicas.PastDemand;
import io.trimtab.recommend.replicas.PodSample;
import io.trimtab.recommend.replicas.PodState;
import io.trimtab.recommend.replicas.ScalingHistory;
import io.trimtab.recommend.replicas.ScalingHistory.Entry;
import io.trimtab.recommend.replicas.ScalingInput;
import io.trimtab.recommend.replicas.ScalingMetric;
import io.trimtab.recommend.replicas.Tolerance;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a document of kind {@code replicas}; every complaint names the field's path. */
final class ReplicasReader {
    private static final Map<String, PodState> STATES = Map.of(
            "ready", PodState.READY,
            "neverReady", PodState.NEVER_READY,
            "starting", PodState.STARTING,
            "pending", PodState.PENDING,
            "failed", PodState.FAILED,
            "terminating", PodState.TERMINATING);

    private ReplicasReader() {}

    static ScalingInput read(JsonObject document) {
        int current = document.required("currentReplicas").integer(0);
        int min =
                document.optional("minReplicas").map(value -> value.integer(0)).orElse(1);
        int max = document.required("maxReplicas").integer(1);
        if (max < min) throw document.wrong("maxReplicas", "(%d) must be >= minReplicas (%d)".formatted(max, min));
        List<ScalingMetric> metrics = document.required("metrics").list().stream()
                .map(MetricReader::read)
                .toList();
        if (metrics.isEmpty()) throw document.wrong("metrics", "needs at least one metric");
        ScalingInput input = new ScalingInput(
                current,
                min,
                max,
                metrics,
                pods(document.list("pods")),
                document.object("tolerance").map(ReplicasReader::tolerance).orElse(Tolerance.DEFAULT),
                document.object("behavior").map(BehaviorReader::read),
                document.object("history").map(ReplicasReader::history).orElse(ScalingHistory.NONE),
                document.object("predictive").map(ReplicasReader::demand));
        document.end();
        return input;
    }

    /** Thousandths, rounded up as the API server does. */
    static long milli(JsonValue value) {
        BigDecimal milli = value.quantity().movePointRight(3).setScale(0, RoundingMode.CEILING);
        if (milli.toBigInteger().bitLength() > 63)
            throw value.wrong("(%s) is too large".formatted(value.node().asText()));
        return milli.longValueExact();
    }

    private static List<PodSample> pods(List<JsonValue> values) {
        Set<String> names = new HashSet<>();
        List<PodSample> pods = new ArrayList<>();
        for (JsonValue value : values) {
            JsonObject pod = value.object();
            Optional<JsonValue> name = pod.optional("name");
            if (name.isPresent() && !names.add(name.get().text()))
                throw name.get()
                        .wrong("(%s) is the name of another pod"
                                .formatted(name.get().text()));
            pods.add(new PodSample(state(pod.required("state")), amounts(pod), containers(pod)));
            pod.end();
        }
        return pods;
    }

    private static PodState state(JsonValue value) {
        PodState state = STATES.get(value.text());
        if (state == null)
            throw value.wrong(
                    "(%s) must be ready, neverReady, starting, pending, failed or terminating".formatted(value.text()));
        return state;
    }

    private static Map<String, Amounts> containers(JsonObject pod) {
        Map<String, Amounts> containers = new HashMap<>();
        pod.object("containers").ifPresent(all -> {
            for (String name : all.names()) {
                JsonObject container = all.required(name).object();
                containers.put(name, amounts(container));
                container.end();
            }
        });
        return containers;
    }

    private static Amounts amounts(JsonObject holder) {
        return new Amounts(milliByName(holder.object("usage")), milliByName(holder.object("request")));
    }

    /** A null is no sample. */
    private static Map<String, Long> milliByName(Optional<JsonObject> object) {
        Map<String, Long> amounts = new HashMap<>();
        object.ifPresent(all ->
                all.names().forEach(name -> all.optional(name).ifPresent(value -> amounts.put(name, milli(value)))));
        return amounts;
    }

    private static Tolerance tolerance(JsonObject object) {
        Tolerance tolerance = new Tolerance(
                object.optional("up").map(ReplicasReader::share).orElse(Tolerance.DEFAULT.up()),
                object.optional("down").map(ReplicasReader::share).orElse(Tolerance.DEFAULT.down()));
        object.end();
        return tolerance;
    }

    private static double share(JsonValue value) {
        return finite(value, value.quantity());
    }

    private static ScalingHistory history(JsonObject object) {
        ScalingHistory history = new ScalingHistory(
                entries(object.list("scaleUps"), "change"),
                entries(object.list("scaleDowns"), "change"),
                entries(object.list("recommendations"), "replicas"));
        object.end();
        return history;
    }

    private static List<Entry> entries(List<JsonValue> values, String number) {
        List<Entry> entries = new ArrayList<>();
        for (JsonValue value : values) {
            JsonObject entry = value.object();
            entries.add(new Entry(
                    entry.required(number).integer(0), entry.required("age").duration()));
            entry.end();
        }
        return entries;
    }

    private static PastDemand demand(JsonObject object) {
        JsonValue step = object.required("step");
        Duration stepLength = step.duration();
        if (!stepLength.isPositive()) throw step.wrong("(%s) must be more than 0".formatted(step.text()));
        JsonValue values = object.required("values");
        List<Optional<Double>> demand =
                values.list().stream().map(ReplicasReader::demandValue).toList();
        if (demand.isEmpty()) throw values.wrong("needs at least one value");
        JsonValue podStart = object.required("podStart");
        PastDemand past = new PastDemand(object.required("start").instant(), stepLength, demand, podStart.duration());
        object.end();
        try {
            past.at();
        } catch (DateTimeException | ArithmeticException e) {
            throw podStart.wrong("ends out of range: " + e.getMessage());
        }
        return past;
    }

    private static Optional<Double> demandValue(JsonValue value) {
        return value.isNull() ? Optional.empty() : Optional.of(finite(value, value.quantity()));
    }

    private static double finite(JsonValue value, BigDecimal amount) {
        double number = amount.doubleValue();
        if (!Double.isFinite(number))
            throw value.wrong("(%s) is too large".formatted(value.node().asText()));
        return number;
    }
}
