package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.trimtab.ingest.model.TriggerSpec;
import io.trimtab.ingest.model.TriggerSpec.AuthenticationRef;
import io.trimtab.ingest.model.TriggeredScaling;
import io.trimtab.ingest.model.TriggeredScaling.Fallback;
import io.trimtab.ingest.model.TriggeredScaling.Modifiers;
import io.trimtab.ingest.model.TriggeredScaling.Owner;
import io.trimtab.ingest.model.WorkloadId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * KEDA's ScaledObject, with the defaults of KEDA 2.21.
 *
 * @see "kedacore/keda v2.21.0, apis/keda/v1alpha1/scaledobject_types.go and scaletriggers_types.go"
 */
final class ScaledObjectMapping {
    static final String KIND = "ScaledObject";

    private static final Set<String> BEHAVIORS = Set.of(
            "static", "currentReplicas", "currentReplicasIfHigher", "currentReplicasIfLower", "scalingModifiers");

    private ScaledObjectMapping() {}

    static ScaledObject scaledObject(GenericKubernetesResource object) {
        ObjectMeta metadata = object.getMetadata();
        Owner owner = new Owner(KIND, metadata.getNamespace(), metadata.getName());
        // KEDA's finalizer keeps an object that is being deleted; what it asks for has ended.
        if (metadata.getDeletionTimestamp() != null) return new ScaledObject.Ending(owner);
        try {
            return new ScaledObject.Followed(scaling(owner, object));
        } catch (IllegalArgumentException e) {
            return new ScaledObject.Unreadable(owner, String.valueOf(e.getMessage()));
        }
    }

    private static TriggeredScaling scaling(Owner owner, GenericKubernetesResource object) {
        List<String> notSupported = new ArrayList<>();
        Fields spec = Fields.of("spec", object.get("spec"), notSupported::add);
        OptionalInt min = number(spec.integer("minReplicaCount"));
        Optional<Fields> advanced = spec.object("advanced");
        return new TriggeredScaling(
                owner,
                target(owner.namespace(), spec),
                seconds(spec, "pollingInterval").orElse(TriggeredScaling.POLLING_INTERVAL),
                Optional.of(seconds(spec, "cooldownPeriod").orElse(TriggeredScaling.COOLDOWN)),
                seconds(spec, "initialCooldownPeriod").orElse(Duration.ZERO),
                idle(spec, min),
                min.orElse(0),
                spec.integer("maxReplicaCount").orElse(TriggeredScaling.MAX_REPLICAS),
                triggers(spec),
                spec.object("fallback").map(ScaledObjectMapping::fallback),
                advanced.flatMap(fields -> fields.object("scalingModifiers")).flatMap(ScaledObjectMapping::modifiers),
                PodMapping.orEmpty(object.getMetadata().getAnnotations()),
                Instant.parse(object.getMetadata().getCreationTimestamp()),
                lastActive(object),
                ended(spec, advanced, notSupported));
    }

    /** The last argument to be worked out: by then every field that has a use has been asked for. */
    private static List<String> ended(Fields spec, Optional<Fields> advanced, List<String> notSupported) {
        advanced.ifPresent(ScaledObjectMapping::endAdvanced);
        spec.end();
        return notSupported;
    }

    /** Without a kind it is a Deployment. */
    private static WorkloadId target(String namespace, Fields spec) {
        Fields target = spec.object("scaleTargetRef")
                .orElseThrow(() -> new IllegalArgumentException("spec.scaleTargetRef must be there"));
        String apiVersion = target.text("apiVersion").orElse("apps/v1");
        String kind = target.text("kind").orElse("Deployment");
        boolean scalable = apiVersion.startsWith("apps/") && (kind.equals("Deployment") || kind.equals("StatefulSet"));
        if (!scalable)
            throw new IllegalArgumentException(
                    "spec.scaleTargetRef (%s of %s) must be a Deployment or a StatefulSet of apps/v1"
                            .formatted(kind, apiVersion));
        target.unused(
                "envSourceContainerName", "the environment of containers is not read; give values in the metadata");
        WorkloadId id = new WorkloadId(namespace, kind, target.requiredText("name"));
        target.end();
        return id;
    }

    /** KEDA lets 0 stand beside a least count that is set to 0; both say the same. */
    private static OptionalInt idle(Fields spec, OptionalInt min) {
        OptionalInt idle = number(spec.integer("idleReplicaCount"));
        boolean same = idle.isPresent() && idle.equals(min) && idle.getAsInt() == 0;
        return same ? OptionalInt.empty() : idle;
    }

    private static Fallback fallback(Fields fields) {
        int failureThreshold = required(fields, "failureThreshold");
        int replicas = required(fields, "replicas");
        String behavior = fields.text("behavior").orElse("static");
        if (!BEHAVIORS.contains(behavior))
            throw fields.wrong(
                    "behavior",
                    behavior,
                    "one of " + String.join(", ", BEHAVIORS.stream().sorted().toList()));
        fields.end();
        return new Fallback(failureThreshold, replicas, behavior);
    }

    private static int required(Fields fields, String name) {
        int number = fields.integer(name)
                .orElseThrow(() -> new IllegalArgumentException(fields.at(name) + " must be there"));
        if (number < 0) throw fields.wrong(name, number, "0 or more");
        return number;
    }

    private static Optional<Modifiers> modifiers(Fields fields) {
        Optional<String> formula = fields.text("formula");
        Optional<String> target = fields.text("target");
        Optional<String> activationTarget = fields.text("activationTarget");
        Optional<String> metricType = metricType(fields);
        fields.end();
        boolean set = formula.isPresent() || target.isPresent() || activationTarget.isPresent();
        if (!set) return Optional.empty();
        return Optional.of(new Modifiers(
                fields.requiredText("formula"),
                decimal(fields, "target", fields.requiredText("target")),
                activationTarget
                        .map(text -> decimal(fields, "activationTarget", text))
                        .orElse(BigDecimal.ZERO),
                metricType));
    }

    private static Optional<String> metricType(Fields fields) {
        Optional<String> type = fields.text("metricType");
        if (type.isPresent() && !Set.of("AverageValue", "Value", "Utilization").contains(type.get()))
            throw fields.wrong("metricType", type.get(), "AverageValue, Value or Utilization");
        return type;
    }

    private static BigDecimal decimal(Fields fields, String name, String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            // A number beyond these bounds is a slip, and its digits would fill the memory.
            if (Math.abs((long) number.scale()) <= 300 && number.precision() <= 300) return number;
        } catch (NumberFormatException e) {
            throw fields.wrong(name, text, "a number");
        }
        throw fields.wrong(name, text, "a number of at most 300 digits");
    }

    private static List<TriggerSpec> triggers(Fields spec) {
        List<TriggerSpec> triggers = spec.objects("triggers").stream()
                .map(ScaledObjectMapping::trigger)
                .toList();
        if (triggers.isEmpty()) throw new IllegalArgumentException("spec.triggers must have at least one trigger");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < triggers.size(); i++) {
            Optional<String> name = triggers.get(i).name();
            if (name.isPresent() && !names.add(name.get()))
                throw new IllegalArgumentException(
                        "spec.triggers[%d].name (%s) must be another than that of the triggers before it"
                                .formatted(i, name.get()));
        }
        return triggers;
    }

    private static TriggerSpec trigger(Fields fields) {
        // Every reading is shared by all who ask the same, so there is nothing to cache besides.
        fields.ignore("useCachedMetrics");
        TriggerSpec trigger = new TriggerSpec(
                fields.requiredText("type"),
                fields.text("name"),
                metricType(fields),
                fields.texts("metadata"),
                fields.object("authenticationRef").flatMap(ScaledObjectMapping::authentication));
        fields.end();
        return trigger;
    }

    private static Optional<AuthenticationRef> authentication(Fields fields) {
        String kind = fields.text("kind").orElse(AuthenticationMapping.KIND);
        Map<String, Boolean> kinds =
                Map.of(AuthenticationMapping.KIND, false, AuthenticationMapping.CLUSTER_KIND, true);
        Boolean cluster = kinds.get(kind);
        if (cluster == null)
            throw fields.wrong("kind", kind, AuthenticationMapping.KIND + " or " + AuthenticationMapping.CLUSTER_KIND);
        Optional<AuthenticationRef> reference = fields.text("name").map(name -> new AuthenticationRef(name, cluster));
        fields.end();
        return reference;
    }

    private static void endAdvanced(Fields advanced) {
        advanced.unused(
                "restoreToOriginalReplicaCount", "a workload keeps the count that it has when this object is deleted");
        advanced.object("horizontalPodAutoscalerConfig").ifPresent(config -> {
            config.unused(
                    "behavior", "between one replica and many the default behavior of a HorizontalPodAutoscaler holds");
            config.unused("name", "no HorizontalPodAutoscaler is made");
            config.end();
        });
        advanced.end();
    }

    private static Optional<Instant> lastActive(GenericKubernetesResource object) {
        if (object.get("status") == null) return Optional.empty();
        Fields status = Fields.of("status", object.get("status"), line -> {});
        return status.text("lastActiveTime").map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw status.wrong("lastActiveTime", text, "a time such as 2026-11-24T12:00:00Z");
            }
        });
    }

    private static Optional<Duration> seconds(Fields fields, String name) {
        return fields.integer(name).map(Duration::ofSeconds);
    }

    private static OptionalInt number(Optional<Integer> number) {
        return number.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }
}
