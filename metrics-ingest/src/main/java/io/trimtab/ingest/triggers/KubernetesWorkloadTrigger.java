package io.trimtab.ingest.triggers;

import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.PodLookup;
import io.trimtab.ingest.model.LabelSelector;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.TriggerSpec;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code kubernetes-workload}: how many pods of the object's namespace have not ended.
 *
 * @see "kedacore/keda v2.21.0, pkg/scalers/kubernetes_workload_scaler.go"
 */
final class KubernetesWorkloadTrigger implements TriggerType {
    private final PodLookup pods;

    KubernetesWorkloadTrigger(PodLookup pods) {
        this.pods = pods;
    }

    @Override
    public String name() {
        return "kubernetes-workload";
    }

    @Override
    public Trigger open(TriggerSpec spec, String namespace, Map<String, String> authentication) {
        Parameters parameters = new Parameters(spec, authentication);
        var reader = new Reader(pods, namespace, selector(parameters), parameters.flag("groupByNode", false));
        BigDecimal threshold = parameters.threshold("value");
        BigDecimal activation = parameters.number("activationValue", BigDecimal.ZERO);
        List<String> notRead = parameters.notRead(Map.of());
        return new Trigger(threshold, activation, parameters.metricType(), reader, notRead);
    }

    private static LabelSelector selector(Parameters parameters) {
        String text = parameters.required("podSelector");
        try {
            return LabelSelector.parse(text);
        } catch (IllegalArgumentException e) {
            throw parameters.wrong("podSelector", text, "a label selector: " + e.getMessage());
        }
    }

    /** @param byNode counts the nodes that such pods are bound to instead of the pods */
    private record Reader(PodLookup pods, String namespace, LabelSelector selector, boolean byNode)
            implements TriggerReader {
        @Override
        public String source() {
            return "pods of namespace " + namespace;
        }

        @Override
        public BigDecimal read(Instant now) throws IngestException {
            Stream<Pod> counted = pods.pods(namespace).stream()
                    .filter(pod -> pod.phase() != PodPhase.SUCCEEDED && pod.phase() != PodPhase.FAILED)
                    .filter(pod -> selector.test(pod.labels()));
            long count = byNode
                    ? counted.flatMap(pod -> pod.node().stream()).distinct().count()
                    : counted.count();
            return BigDecimal.valueOf(count);
        }
    }
}
