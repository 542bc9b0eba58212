package io.trimtab.ingest.kubernetes.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import io.trimtab.ingest.model.HpaRule;
import io.trimtab.ingest.model.Mode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a policy asks for. Everything is optional; the schema's defaults are written into what is absent. */
@ValidationRule(
        value = "!has(self.replicas) || !has(self.replicas.min) || self.replicas.min >= 1"
                + " || (has(self.zero) && self.zero.enabled)",
        message = "replicas.min must be at least 1 unless zero.enabled is true",
        fieldPath = ".replicas.min")
public record PolicySpec(
        @JsonPropertyDescription(
                "What may be done to the workloads: Observe, Recommend or Apply. --mode of Trimtab is the most.")
        @Default("Recommend")
        @Nullable
        Permission mode,

        @JsonPropertyDescription(
                "Which workloads; by default every one of the namespace, or of the cluster for a ClusterScalingPolicy.")
        @Nullable
        Workloads workloads,

        @JsonPropertyDescription("Which risk is accepted.") @Default("{}") @Nullable
        Objective objective,

        @JsonPropertyDescription("Bounds for requests, and what becomes of limits.") @Default("{}") @Nullable
        Requests requests,

        @JsonPropertyDescription(
                "Bounds for the replica count, within those of an autoscaler, and what becomes of its targets.")
        @Nullable
        Replicas replicas,

        @JsonPropertyDescription("Down to zero and back.") @Nullable
        Zero zero,

        @JsonPropertyDescription("When, how often and for what acts are done where the mode is Apply.")
        @Default("{}")
        @Nullable
        Acts acts) {

    /** What may be done. */
    public enum Permission {
        @JsonProperty("Observe")
        OBSERVE(Mode.OBSERVE),
        @JsonProperty("Recommend")
        RECOMMEND(Mode.RECOMMEND),
        @JsonProperty("Apply")
        APPLY(Mode.APPLY);

        private final Mode mode;

        Permission(Mode mode) {
            this.mode = mode;
        }

        Mode mode() {
            return mode;
        }
    }

    /** Which workloads. */
    public record Workloads(
            @JsonPropertyDescription("Such as Deployment or StatefulSet; empty or absent: every kind.")
            @Size(max = 32)
            @Nullable
            List<@Size(min = 1, max = 63) String> kinds,

            @JsonPropertyDescription("Labels of the workload itself, not of its pods.") @Nullable
            Selector selector) {}

    /** A label selector as everywhere in Kubernetes; both parts must hold. */
    public record Selector(
            @Size(max = 32) @Nullable Map<String, @Size(max = 63) String> matchLabels,

            @Size(max = 32) @Nullable List<Expression> matchExpressions) {}

    /** One condition on one label. */
    @ValidationRule(
            value = "self.operator in ['In', 'NotIn'] ? has(self.values) && size(self.values) > 0 : !has(self.values)"
                    + " || size(self.values) == 0",
            message = "values must have at least one item for In and NotIn, and none for Exists and DoesNotExist",
            fieldPath = ".values")
    public record Expression(
            @Required @Size(min = 1, max = 317) String key,
            @Required Operator operator,

            @Size(max = 64) @Nullable List<@Size(max = 63) String> values) {}

    /** Of a label selector. */
    public enum Operator {
        @JsonProperty("In")
        IN,
        @JsonProperty("NotIn")
        NOT_IN,
        @JsonProperty("Exists")
        EXISTS,
        @JsonProperty("DoesNotExist")
        DOES_NOT_EXIST
    }

    /** Which risk is accepted. */
    @ValidationRule(
            value = "!has(self.oomPerWeek) || self.oomPerWeek.matches('^[0-9]{1,2}([.][0-9]{1,6})?%$') &&"
                    + " !self.oomPerWeek.matches('^0{1,2}([.]0{1,6})?%$')",
            message = "oomPerWeek must be a percentage above 0% and below 100%, such as 1%",
            fieldPath = ".oomPerWeek")
    public record Objective(
            @JsonPropertyDescription("The accepted chance that a pod is killed for memory within 7 days.")
            @Default("1%")
            @Size(max = 16)
            @Nullable
            String oomPerWeek,

            @JsonPropertyDescription("The accepted minutes a day in which a pod gets less CPU than it wants.")
            @Default("5")
            @Min(1)
            @Max(1439)
            @Nullable
            Integer throttledMinutesPerDay) {}

    /** Bounds for requests, and what becomes of limits. */
    public record Requests(
            @JsonPropertyDescription("Bounds for the CPU request of each container.") @Nullable
            Range cpu,

            @JsonPropertyDescription("Bounds for the memory request of each container.") @Nullable
            Range memory,

            @JsonPropertyDescription("What becomes of a limit when its request changes.") @Default("{}") @Nullable
            Limits limits,

            @JsonPropertyDescription(
                    "auto: the CPU request follows the hours of the day where past weeks tell that less will do and"
                            + " pods are resized in place; off: it stays at what all of the week needs.")
            @Default("auto")
            @Nullable
            Auto byHour,

            @JsonPropertyDescription(
                    "auto: where a container wants more CPU while it starts than later, how much and for how long is"
                            + " recommended beside its requests; off: it is not.")
            @Default("auto")
            @Nullable
            Auto startupBoost) {}

    /** Two quantities in order. */
    @ValidationRule(
            value = "!has(self.min) || isQuantity(string(self.min)) &&"
                    + " quantity(string(self.min)).isGreaterThan(quantity('0'))",
            message = "min must be a quantity above 0, such as 10m or 32Mi",
            fieldPath = ".min")
    @ValidationRule(
            value = "!has(self.max) || isQuantity(string(self.max)) &&"
                    + " quantity(string(self.max)).isGreaterThan(quantity('0'))",
            message = "max must be a quantity above 0, such as 8 or 16Gi",
            fieldPath = ".max")
    @ValidationRule(
            value = "!has(self.min) || !has(self.max) || !isQuantity(string(self.min)) || !isQuantity(string(self.max))"
                    + " || quantity(string(self.min)).compareTo(quantity(string(self.max))) <= 0",
            message = "min must not exceed max",
            fieldPath = ".min")
    public record Range(@Nullable Quantity min, @Nullable Quantity max) {}

    /** What becomes of a limit when its request changes. */
    @ValidationRule(
            value = "!has(self.cpu) || self.cpu in ['none', 'ratio', 'keep']",
            message = "cpu must be none, ratio or keep",
            fieldPath = ".cpu")
    @ValidationRule(
            value = "!has(self.memory) || self.memory in ['none', 'ratio', 'keep'] || self.memory.startsWith('plus:')"
                    + " && isQuantity(self.memory.substring(5)) &&"
                    + " quantity(self.memory.substring(5)).isGreaterThan(quantity('0'))",
            message = "memory must be none, ratio, keep or plus: and a quantity, such as plus:256Mi",
            fieldPath = ".memory")
    public record Limits(
            @JsonPropertyDescription("none, ratio or keep.") @Default("ratio") @Size(max = 16) @Nullable
            String cpu,

            @JsonPropertyDescription("none, ratio, keep or plus: and a quantity, such as plus:256Mi.")
            @Default("ratio")
            @Size(max = 32)
            @Nullable
            String memory) {}

    /** Bounds for the replica count, and what becomes of an autoscaler's targets. */
    @ValidationRule(
            value = "!has(self.min) || !has(self.max) || self.min <= self.max",
            message = "min must not exceed max",
            fieldPath = ".min")
    @ValidationRule(
            value = "!has(self.max) || !has(self.floors) || self.floors.all(floor, floor.min <= self.max)",
            message = "each min of floors must not exceed max",
            fieldPath = ".floors")
    public record Replicas(
            @JsonPropertyDescription("0 where zero.enabled lets the workload rest at zero.")
            @Min(0)
            @Max(Integer.MAX_VALUE)
            @Nullable
            Integer min,

            @Min(1) @Max(Integer.MAX_VALUE) @Nullable Integer max,

            @JsonPropertyDescription(
                    "auto: a forecast adds replicas where it has proved better than scaling without one; off: never.")
            @Default("auto")
            @Nullable
            Auto predictive,

            @JsonPropertyDescription("The least replicas at set times; of several in force the highest counts.")
            @Size(max = 32)
            @Nullable
            List<Floor> floors,

            @JsonPropertyDescription(
                    "What becomes of a HorizontalPodAutoscaler's utilization targets when requests change: retune moves"
                            + " them so that the replicas stay, leave keeps both as they are.")
            @Default("retune")
            @Nullable
            Hpa hpa) {}

    /** Whether something is done where it pays. */
    public enum Auto {
        @JsonProperty("auto")
        AUTO,
        @JsonProperty("off")
        OFF
    }

    /** At least so many replicas from each moment of a cron line, for so long. */
    @ValidationRule(
            value = "self.schedule.matches('^\\\\s*(\\\\S+\\\\s+){4}\\\\S+\\\\s*$')",
            message = "schedule must be a cron line of five fields: minute, hour, day of month, month, day of week",
            fieldPath = ".schedule")
    @ValidationRule(
            value = "self.__for__.matches('^([0-9]{1,6}(ms|s|m|h|d))+$') &&"
                    + " !self.__for__.matches('^(0+(ms|s|m|h|d))+$')",
            message = "for must be a duration above 0, such as 10h",
            fieldPath = ".for")
    public record Floor(
            @JsonPropertyDescription("A cron line: from when.") @Required @Size(max = 128)
            String schedule,

            @JsonPropertyDescription("For how long, such as 10h.") @JsonProperty("for") @Required @Size(max = 32)
            String length,

            @JsonPropertyDescription("Such as Europe/Berlin.") @Default("UTC") @Size(max = 64) @Nullable
            String timezone,

            @JsonPropertyDescription("Never above max, or the autoscaler's maxReplicas.")
            @Required
            @Min(1)
            @Max(Integer.MAX_VALUE)
            Integer min) {}

    /** What becomes of a HorizontalPodAutoscaler's targets. */
    public enum Hpa {
        @JsonProperty("retune")
        RETUNE(HpaRule.RETUNE),
        @JsonProperty("leave")
        LEAVE(HpaRule.LEAVE);

        private final HpaRule rule;

        Hpa(HpaRule rule) {
            this.rule = rule;
        }

        HpaRule rule() {
            return rule;
        }
    }

    /** Down to zero and back. */
    @ValidationRule(
            value = "!self.enabled || has(self.triggers) && size(self.triggers) > 0 || has(self.sleep) &&"
                    + " size(self.sleep) > 0",
            message = "enabled needs at least one of triggers and sleep: nothing else says when the workload rests")
    @ValidationRule(
            value = "self.cooldown == 'auto' || self.cooldown.matches('^([0-9]{1,6}(ms|s|m|h|d))+$')",
            message = "cooldown must be auto or a duration, such as 5m",
            fieldPath = ".cooldown")
    @ValidationRule(
            value = "!has(self.triggers) || self.triggers.all(a, !has(a.name) || self.triggers.exists_one(b,"
                    + " has(b.name) && b.name == a.name))",
            message = "each name of triggers must be unique",
            fieldPath = ".triggers")
    public record Zero(
            @Default("false") @Nullable Boolean enabled,

            @JsonPropertyDescription(
                    "How long the workload stays after it was last needed: auto, learned from its idle times, or a"
                            + " duration.")
            @Default("auto")
            @Size(max = 32)
            @Nullable
            String cooldown,

            @JsonPropertyDescription("What wakes and scales the workload, in KEDA's words.") @Size(max = 32) @Nullable
            List<Trigger> triggers,

            @JsonPropertyDescription("When the workload rests whatever the triggers say.") @Size(max = 32) @Nullable
            List<Sleep> sleep) {}

    /** A trigger in KEDA's words. */
    public record Trigger(
            @Required @Size(min = 1, max = 63) String type,

            @JsonPropertyDescription("Unique within the policy.") @Size(min = 1, max = 63) @Nullable
            String name,

            @Nullable MetricType metricType,

            @Size(max = 64) @Nullable Map<String, @Size(max = 4096) String> metadata,

            @Nullable AuthenticationRef authenticationRef) {}

    /** Of autoscaling/v2. */
    public enum MetricType {
        @JsonProperty("AverageValue")
        AVERAGE_VALUE("AverageValue"),
        @JsonProperty("Value")
        VALUE("Value");

        private final String word;

        MetricType(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** Where a trigger's credentials are. */
    public record AuthenticationRef(
            @Required @Size(min = 1, max = 253) String name,

            @Default("TriggerAuthentication") @Nullable AuthenticationKind kind) {}

    /** KEDA's kinds that hold credentials. */
    public enum AuthenticationKind {
        @JsonProperty("TriggerAuthentication")
        NAMESPACED,
        @JsonProperty("ClusterTriggerAuthentication")
        CLUSTER
    }

    /** From each moment of one cron line to the next of another. */
    @ValidationRule(
            value = "self.schedule.matches('^\\\\s*(\\\\S+\\\\s+){4}\\\\S+\\\\s*$')",
            message = "schedule must be a cron line of five fields: minute, hour, day of month, month, day of week",
            fieldPath = ".schedule")
    @ValidationRule(
            value = "self.until.matches('^\\\\s*(\\\\S+\\\\s+){4}\\\\S+\\\\s*$')",
            message = "until must be a cron line of five fields: minute, hour, day of month, month, day of week",
            fieldPath = ".until")
    @ValidationRule(
            value = "self.schedule != self.until",
            message = "until must differ from schedule",
            fieldPath = ".until")
    public record Sleep(
            @JsonPropertyDescription("A cron line: when the rest begins.") @Required @Size(max = 128)
            String schedule,

            @JsonPropertyDescription("A cron line: when it ends.") @Required @Size(max = 128)
            String until,

            @JsonPropertyDescription("Such as Europe/Berlin.") @Default("UTC") @Size(max = 64) @Nullable
            String timezone) {}

    /** When, how often and for what acts are done. */
    @ValidationRule(
            value = "!has(self.podsPer10Minutes) ||"
                    + " self.podsPer10Minutes.matches('^(100([.]0{1,6})?|[0-9]{1,2}([.][0-9]{1,6})?)%$')",
            message = "podsPer10Minutes must be a percentage from 0% to 100%, such as 5%",
            fieldPath = ".podsPer10Minutes")
    @ValidationRule(
            value = "!has(self.minHistory) || self.minHistory.matches('^([0-9]{1,6}(ms|s|m|h|d))+$')",
            message = "minHistory must be a duration, such as 24h",
            fieldPath = ".minHistory")
    public record Acts(
            @JsonPropertyDescription("When acts are done; empty or absent: at any time.") @Size(max = 32) @Nullable
            List<Window> windows,

            @JsonPropertyDescription("The share of the cluster's pods that acts of ten minutes may touch.")
            @Default("5%")
            @Size(max = 16)
            @Nullable
            String podsPer10Minutes,

            @JsonPropertyDescription("Acts within 24 hours on one container, or on the replica count, of one workload.")
            @Default("2")
            @Min(0)
            @Max(Integer.MAX_VALUE)
            @Nullable
            Integer perWorkloadPerDay,

            @JsonPropertyDescription("No request is changed before so much has been seen of its container.")
            @Default("24h")
            @Size(max = 32)
            @Nullable
            String minHistory,

            @JsonPropertyDescription(
                    "In US dollars. An act that saves less is not done; one that raises a request or the replica count"
                            + " is.")
            @Default("0.0")
            @Min(0)
            @Nullable
            BigDecimal minSavingPerMonth) {}

    /** From each moment of a cron line, for so long. */
    @ValidationRule(
            value = "self.schedule.matches('^\\\\s*(\\\\S+\\\\s+){4}\\\\S+\\\\s*$')",
            message = "schedule must be a cron line of five fields: minute, hour, day of month, month, day of week",
            fieldPath = ".schedule")
    @ValidationRule(
            value = "self.__for__.matches('^([0-9]{1,6}(ms|s|m|h|d))+$') &&"
                    + " !self.__for__.matches('^(0+(ms|s|m|h|d))+$')",
            message = "for must be a duration above 0, such as 3h",
            fieldPath = ".for")
    public record Window(
            @JsonPropertyDescription("A cron line: when the window opens.") @Required @Size(max = 128)
            String schedule,

            @JsonPropertyDescription("How long it stays open, such as 3h.")
            @JsonProperty("for")
            @Required
            @Size(max = 32)
            String length,

            @JsonPropertyDescription("Such as Europe/Berlin.") @Default("UTC") @Size(max = 64) @Nullable
            String timezone) {}
}
