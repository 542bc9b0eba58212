package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LimitRangeItem;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.CpuAndMemory;
import io.trimtab.ingest.model.DisruptionBudget;
import io.trimtab.ingest.model.LimitRange;
import io.trimtab.ingest.model.PriorityClass;
import io.trimtab.ingest.model.ResourceQuota;
import io.trimtab.ingest.model.VolumeClaim;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The built-in kinds that bound what pods may have, and when they may be taken away. */
final class LimitsMapping {
    private LimitsMapping() {}

    static DisruptionBudget disruptionBudget(PodDisruptionBudget it) {
        return new DisruptionBudget(
                it.getMetadata().getNamespace(),
                it.getMetadata().getName(),
                SelectorMapping.selector(it.getSpec().getSelector()),
                written(it.getSpec().getMinAvailable()),
                written(it.getSpec().getMaxUnavailable()),
                it.getStatus() == null
                        ? 0
                        : Objects.requireNonNullElse(it.getStatus().getDisruptionsAllowed(), 0));
    }

    private static String written(@Nullable IntOrString value) {
        return value == null ? "" : String.valueOf(value.getValue());
    }

    static VolumeClaim volumeClaim(PersistentVolumeClaim it) {
        Map<String, Quantity> got = it.getStatus() == null
                ? Map.of()
                : ContainerMapping.orEmpty(it.getStatus().getCapacity());
        Map<String, Quantity> asked = it.getSpec().getResources() == null
                ? Map.of()
                : ContainerMapping.orEmpty(it.getSpec().getResources().getRequests());
        return new VolumeClaim(
                it.getMetadata().getNamespace(),
                it.getMetadata().getName(),
                Objects.requireNonNullElse(it.getSpec().getStorageClassName(), ""),
                ContainerMapping.amount(got, "storage", Bytes::parse)
                        .or(() -> ContainerMapping.amount(asked, "storage", Bytes::parse))
                        .orElse(Bytes.ZERO),
                Objects.requireNonNullElse(it.getSpec().getVolumeName(), ""));
    }

    static PriorityClass priorityClass(io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass it) {
        return new PriorityClass(
                it.getMetadata().getName(),
                Objects.requireNonNullElse(it.getValue(), 0),
                !"Never".equals(it.getPreemptionPolicy()));
    }

    static LimitRange limitRange(io.fabric8.kubernetes.api.model.LimitRange it) {
        LimitRangeItem container = item(it, "Container");
        return new LimitRange(
                it.getMetadata().getNamespace(),
                it.getMetadata().getName(),
                bounds(container),
                bounds(item(it, "Pod")),
                amounts(container.getDefaultRequest(), "cpu", "memory"),
                amounts(container.getDefault(), "cpu", "memory"));
    }

    private static LimitRangeItem item(io.fabric8.kubernetes.api.model.LimitRange it, String type) {
        return it.getSpec().getLimits().stream()
                .filter(item -> type.equals(item.getType()))
                .findFirst()
                .orElseGet(LimitRangeItem::new);
    }

    private static LimitRange.Bounds bounds(LimitRangeItem item) {
        Map<String, Quantity> ratios = ContainerMapping.orEmpty(item.getMaxLimitRequestRatio());
        return new LimitRange.Bounds(
                amounts(item.getMin(), "cpu", "memory"),
                amounts(item.getMax(), "cpu", "memory"),
                ContainerMapping.amount(ratios, "cpu", io.trimtab.cost.units.Quantity::parse),
                ContainerMapping.amount(ratios, "memory", io.trimtab.cost.units.Quantity::parse));
    }

    static ResourceQuota quota(io.fabric8.kubernetes.api.model.ResourceQuota it) {
        Map<String, Quantity> hard =
                it.getSpec() == null ? Map.of() : it.getSpec().getHard();
        Map<String, Quantity> used =
                it.getStatus() == null ? Map.of() : it.getStatus().getUsed();
        return new ResourceQuota(
                it.getMetadata().getNamespace(),
                it.getMetadata().getName(),
                requests(hard),
                requests(used),
                amounts(hard, "limits.cpu", "limits.memory"),
                amounts(used, "limits.cpu", "limits.memory"));
    }

    /** A quota's {@code cpu} is another word for its {@code requests.cpu}. */
    private static CpuAndMemory requests(@Nullable Map<String, Quantity> from) {
        CpuAndMemory named = amounts(from, "requests.cpu", "requests.memory");
        CpuAndMemory plain = amounts(from, "cpu", "memory");
        return new CpuAndMemory(named.cpu().or(plain::cpu), named.memory().or(plain::memory));
    }

    static CpuAndMemory amounts(@Nullable Map<String, Quantity> from, String cpu, String memory) {
        Map<String, Quantity> quantities = ContainerMapping.orEmpty(from);
        Optional<MilliCores> cores = ContainerMapping.amount(quantities, cpu, MilliCores::parse);
        return new CpuAndMemory(cores, ContainerMapping.amount(quantities, memory, Bytes::parse));
    }
}
