package io.trimtab.service.evaluate;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Quantity;
import io.trimtab.forecast.UsageCheckpoint;
import io.trimtab.ingest.model.LimitRule;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.RuntimeSettings;
import io.trimtab.ingest.model.RuntimeSettings.Go;
import io.trimtab.ingest.model.RuntimeSettings.NodeJs;
import io.trimtab.recommend.pods.Bounds;
import io.trimtab.recommend.pods.JvmRuntime;
import io.trimtab.recommend.pods.LimitRules;
import io.trimtab.recommend.pods.MemoryKill;
import io.trimtab.recommend.pods.RightsizeInput;
import io.trimtab.recommend.pods.SizingPolicy;
import io.trimtab.recommend.pods.UsageRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the document of kind {@code rightsize}. */
final class RightsizeReader {
    private static final String PLUS = "RequestPlus:";

    private RightsizeReader() {}

    static RightsizeInput read(JsonObject document) {
        SizingPolicy policy = policy(document.required("policy"));
        Instant now = document.required("now").instant();
        Optional<JsonObject> container = document.object("container");
        Requirements requirements = container.map(RightsizeReader::requirements).orElse(Requirements.NONE);
        Optional<JsonObject> runtime = container.flatMap(object -> object.object("runtime"));
        Optional<JvmRuntime> jvm = runtime.filter(RightsizeReader::isJvm).map(RightsizeReader::jvm);
        Optional<RuntimeSettings> told = jvm.isPresent() ? Optional.empty() : runtime.map(RightsizeReader::told);
        runtime.ifPresent(JsonObject::end);
        container.ifPresent(JsonObject::end);
        document.optional("pods").ifPresent(pods -> pods.integer(0));
        int containers =
                document.optional("containers").map(value -> value.integer(1)).orElse(1);
        List<UsageRun> runs = runs(document.list("series"));
        List<MemoryKill> kills =
                document.list("events").stream().map(RightsizeReader::kill).toList();
        Bounds bounds = document.object("bounds").map(RightsizeReader::bounds).orElse(Bounds.NONE);
        LimitRules limits =
                document.optional("limits").map(RightsizeReader::limits).orElse(LimitRules.RATIO);
        Optional<UsageCheckpoint> checkpoint = document.object("checkpoint").map(UsageCheckpoints::read);
        if (checkpoint.isPresent() && policy != SizingPolicy.VPA)
            throw document.wrong("checkpoint", "can only be given with policy vpa");
        document.end();
        return new RightsizeInput(
                policy, now, requirements, jvm, told, containers, runs, kills, bounds, limits, checkpoint);
    }

    private static SizingPolicy policy(JsonValue value) {
        return switch (value.text()) {
            case "vpa" -> SizingPolicy.VPA;
            case "krr" -> SizingPolicy.KRR;
            case "trimtab" -> SizingPolicy.TRIMTAB;
            default -> throw value.wrong("(%s) must be vpa, trimtab or krr".formatted(value.text()));
        };
    }

    private static Requirements requirements(JsonObject container) {
        Optional<JsonObject> request = container.object("request");
        Optional<JsonObject> limit = container.object("limit");
        Requirements requirements = new Requirements(
                request.flatMap(RightsizeReader::cpu),
                request.flatMap(RightsizeReader::memory),
                limit.flatMap(RightsizeReader::cpu),
                limit.flatMap(RightsizeReader::memory),
                GpuMilli.ZERO);
        request.ifPresent(JsonObject::end);
        limit.ifPresent(JsonObject::end);
        return requirements;
    }

    private static Optional<MilliCores> cpu(JsonObject amounts) {
        return amounts.optional("cpu").map(JsonValue::milliCores);
    }

    private static Optional<Bytes> memory(JsonObject amounts) {
        return amounts.optional("memory").map(JsonValue::bytes);
    }

    private static boolean isJvm(JsonObject runtime) {
        return runtime.required("kind").text().equals("jvm");
    }

    private static JvmRuntime jvm(JsonObject runtime) {
        return new JvmRuntime(
                runtime.optional("maxHeap").map(JsonValue::bytes),
                runtime.required("heapAfterGc").bytes(),
                runtime.required("nonHeap").bytes());
    }

    private static RuntimeSettings told(JsonObject runtime) {
        JsonValue kind = runtime.required("kind");
        return switch (kind.text()) {
            case "go" ->
                new Go(
                        runtime.optional("memoryLimit").map(JsonValue::bytes),
                        runtime.optional("maxProcs").map(count -> count.integer(1)));
            case "nodejs" -> new NodeJs(runtime.optional("maxOldSpace").map(JsonValue::bytes));
            default -> throw kind.wrong("(%s) must be jvm, go or nodejs".formatted(kind.text()));
        };
    }

    private static List<UsageRun> runs(List<JsonValue> values) {
        List<UsageRun> runs = new ArrayList<>();
        Set<Identity> seen = new HashSet<>();
        for (JsonValue value : values) {
            UsageRun run = run(value.object());
            if (!seen.add(new Identity(run.pod(), run.resource(), run.start())))
                throw value.wrong("has the pod, resource and start of an earlier one");
            runs.add(run);
        }
        return runs;
    }

    private record Identity(String pod, Resource resource, Instant start) {}

    private static UsageRun run(JsonObject series) {
        String pod = series.required("pod").text();
        Resource resource = resource(series.required("resource"));
        Instant start = series.required("start").instant();
        Duration step = series.required("step").duration();
        if (step.isZero()) throw series.wrong("step", "must be > 0");
        List<JsonValue> values = series.required("values").list();
        series.end();
        double[] amounts = new double[values.size()];
        BitSet gaps = new BitSet();
        for (int i = 0; i < amounts.length; i++) {
            if (values.get(i).isNull()) gaps.set(i);
            else amounts[i] = amount(values.get(i));
        }
        return new UsageRun(pod, resource, start, step, amounts, gaps);
    }

    private static double amount(JsonValue value) {
        double amount = value.quantity().doubleValue();
        if (Double.isInfinite(amount)) throw value.wrong("is out of range");
        return amount;
    }

    private static Resource resource(JsonValue value) {
        return switch (value.text()) {
            case "cpu" -> Resource.CPU;
            case "memory" -> Resource.MEMORY;
            default -> throw value.wrong("(%s) must be cpu or memory".formatted(value.text()));
        };
    }

    private static MemoryKill kill(JsonValue value) {
        JsonObject event = value.object();
        JsonValue type = event.required("type");
        if (!type.text().equals("oom")) throw type.wrong("(%s) must be oom".formatted(type.text()));
        Instant at = event.required("at").instant();
        MemoryKill kill = new MemoryKill(
                event.required("pod").text(),
                at,
                event.optional("memory").map(JsonValue::bytes).orElse(Bytes.ZERO),
                event.optional("seen").map(JsonValue::instant).orElse(at));
        event.end();
        return kill;
    }

    private static Bounds bounds(JsonObject object) {
        Optional<JsonObject> min = object.object("min");
        Optional<JsonObject> max = object.object("max");
        try {
            Bounds bounds = new Bounds(
                    min.flatMap(RightsizeReader::cpu),
                    max.flatMap(RightsizeReader::cpu),
                    min.flatMap(RightsizeReader::memory),
                    max.flatMap(RightsizeReader::memory));
            min.ifPresent(JsonObject::end);
            max.ifPresent(JsonObject::end);
            object.end();
            return bounds;
        } catch (IllegalArgumentException e) {
            throw new EvaluateException(object.path(), String.valueOf(e.getMessage()));
        }
    }

    private static LimitRules limits(JsonValue value) {
        String text = value.text();
        if (text.equals("RequestsAndLimits")) return LimitRules.RATIO;
        if (text.equals("RequestsOnly")) return LimitRules.KEEP;
        if (!text.startsWith(PLUS))
            throw value.wrong("(%s) must be RequestsAndLimits, RequestsOnly or RequestPlus:256Mi".formatted(text));
        try {
            Bytes headroom = Bytes.of(Quantity.parse(text.substring(PLUS.length())));
            return new LimitRules(new LimitRule.Ratio(), new LimitRule.Plus(headroom));
        } catch (IllegalArgumentException e) {
            throw value.wrong(String.valueOf(e.getMessage()));
        }
    }
}
