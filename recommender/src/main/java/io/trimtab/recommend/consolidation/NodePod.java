package io.trimtab.recommend.consolidation;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.Spans;
import io.trimtab.recommend.KeptReason.Hold;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A pod that runs on a node.
 *
 * @param owner kind of its controller; empty for a bare pod
 * @param budget name of its disruption budget
 * @param daemon stays and ends with its node
 * @param age since it was started; empty for long ago
 * @param restart until it serves again somewhere else
 * @param tied why no plan of ours moves it; empty where nothing but annotations and budgets is to be asked
 * @param homes the running nodes that may carry it; empty where every one may
 * @param onAdded whether a node that is added may carry it
 * @param ephemeralStorage that it asks for
 */
public record NodePod(
        String namespace,
        String name,
        Optional<String> owner,
        Resources requested,
        Optional<String> budget,
        Map<String, String> annotations,
        boolean localStorage,
        boolean daemon,
        Optional<Duration> age,
        Duration restart,
        Optional<Hold> tied,
        Optional<Set<String>> homes,
        boolean onAdded,
        Bytes ephemeralStorage) {
    static final int DEVICE_MILLI = 1000;

    /** @see "https://karpenter.sh/docs/concepts/disruption/#pod-level-controls" */
    static final String DO_NOT_DISRUPT = "karpenter.sh/do-not-disrupt";

    /** Until a pod serves again, where nothing is known of it. */
    public static final Duration USUAL_RESTART = Duration.ofSeconds(30);

    /** One that asks for no ephemeral storage. */
    public NodePod(
            String namespace,
            String name,
            Optional<String> owner,
            Resources requested,
            Optional<String> budget,
            Map<String, String> annotations,
            boolean localStorage,
            boolean daemon,
            Optional<Duration> age,
            Duration restart,
            Optional<Hold> tied,
            Optional<Set<String>> homes,
            boolean onAdded) {
        this(
                namespace,
                name,
                owner,
                requested,
                budget,
                annotations,
                localStorage,
                daemon,
                age,
                restart,
                tied,
                homes,
                onAdded,
                Bytes.ZERO);
    }

    public NodePod {
        annotations = Map.copyOf(annotations);
        homes = homes.map(Set::copyOf);
        long gpuMilli = requested.gpu().value();
        if (gpuMilli > DEVICE_MILLI && gpuMilli % DEVICE_MILLI != 0)
            throw new IllegalArgumentException(
                    "gpu (%s) of %s must be whole devices, or a share below 1".formatted(requested.gpu(), name));
    }

    /** Unique in the cluster. */
    String id() {
        return namespace + "/" + name;
    }

    boolean isTrue(String annotation) {
        return "true".equals(annotations.get(annotation));
    }

    /** Whether it must not be disrupted, as Karpenter reads it: for good, or for so long after its start. A duration that cannot be read holds it. */
    boolean isNotToBeDisrupted() {
        String text = annotations.getOrDefault(DO_NOT_DISRUPT, "false");
        if (text.equals("true")) return true;
        if (text.isEmpty() || !Character.isDigit(text.charAt(0))) return false;
        return Spans.parse(text)
                .flatMap(least -> age.map(its -> its.compareTo(least) < 0))
                .orElse(true);
    }
}
