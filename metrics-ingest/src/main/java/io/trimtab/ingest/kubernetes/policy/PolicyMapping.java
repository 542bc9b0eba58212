package io.trimtab.ingest.kubernetes.policy;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.trimtab.ingest.model.Policy;
import io.trimtab.ingest.model.PolicyId;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Makes our record of a policy's object. What cannot be read is named in the record, whose reader decides what that means. */
public final class PolicyMapping {
    private PolicyMapping() {}

    public static Policy policy(ScalingPolicy it) {
        return policy(
                it,
                new PolicyId(
                        PolicyId.NAMESPACED,
                        it.getMetadata().getNamespace(),
                        it.getMetadata().getName()));
    }

    public static Policy policy(ClusterScalingPolicy it) {
        return policy(
                it, new PolicyId(PolicyId.CLUSTER_WIDE, "", it.getMetadata().getName()));
    }

    private static Policy policy(CustomResource<PolicySpec, PolicyStatusFields> it, PolicyId id) {
        ObjectMeta metadata = it.getMetadata();
        SpecReader reader = new SpecReader();
        Policy.Spec spec = Optional.ofNullable(it.getSpec()).map(reader::read).orElse(SpecReader.EMPTY);
        return new Policy(
                id,
                Objects.requireNonNullElse(metadata.getGeneration(), 0L),
                Instant.parse(metadata.getCreationTimestamp()),
                Objects.requireNonNullElse(metadata.getAnnotations(), Map.of()),
                spec,
                reader.problems(),
                Optional.ofNullable(it.getStatus()).flatMap(StatusReader::read));
    }
}
