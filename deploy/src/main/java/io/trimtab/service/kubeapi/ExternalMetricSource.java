package io.trimtab.service.kubeapi;

import java.util.List;
import java.util.Set;

/** Something that knows values which a HorizontalPodAutoscaler may follow. Asked by several threads at once; answers from memory, without waiting. */
public interface ExternalMetricSource {
    /** The metrics that it answers now, in any namespace; they are listed in the API's discovery. */
    Set<String> metrics();

    /**
     * @param metric one of {@link #metrics()}
     * @return every series of the metric in the namespace; the API picks by label selector
     */
    Reading read(String namespace, String metric);

    /** What is known of a metric. */
    sealed interface Reading {
        /** @param values empty when the namespace has nothing of it */
        record Values(List<ExternalMetric> values) implements Reading {
            public Values {
                values = List.copyOf(values);
            }
        }

        /**
         * Nothing that one may act upon; an autoscaler then leaves the replicas as they are.
         *
         * @param why what is wrong and what to do, in one line
         */
        record Unavailable(String why) implements Reading {}
    }
}
