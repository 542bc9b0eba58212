package io.trimtab.service.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One workload that triggers scale.
 *
 * @param object that asks for it, such as {@code ScaledObject/web}
 * @param workload such as {@code Deployment/web}; empty where the object cannot be read
 * @param state {@code awake}, {@code asleep}, {@code unknown} before the first decision, or {@code held}: nothing is changed, {@link #trouble} says why
 * @param replicas that the workload asks for; null where that is not known
 * @param desired by the last decision; null before the first
 * @param action of the last decision, such as {@code activate}; empty before the first
 * @param until when the cool-down ends that keeps it up; null where none does
 * @param trouble what keeps it from being scaled, and what to do; empty when nothing does
 * @param refusal why the decision is not written, such as the mode; empty when it is
 * @param notSupported what the object sets and nothing here reads
 * @param outcome of the last write; empty before the first
 */
public record ZeroView(
        String namespace,
        String object,
        String workload,
        String state,
        @Nullable Integer replicas,
        @Nullable Integer desired,
        int minReplicas,
        int maxReplicas,
        String action,
        @Nullable Instant lastActive,
        @Nullable Instant until,
        List<TriggerView> triggers,
        List<ReasonView> reasons,
        String trouble,
        String refusal,
        List<String> notSupported,
        String outcome) {
    /**
     * @param value that was read last; empty where none was
     * @param threshold of one replica; empty for a trigger that cannot be read yet
     * @param trouble why it cannot be read; empty when it can
     */
    public record TriggerView(String name, String type, String value, String threshold, int failed, String trouble) {}
}
