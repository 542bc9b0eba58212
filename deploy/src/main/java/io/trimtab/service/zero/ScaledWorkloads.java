package io.trimtab.service.zero;

import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.TriggeredScaling;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the loop sees of a cluster. Asked often: answers come from memory. */
public interface ScaledWorkloads {
    /** Every object that asks for scaling by triggers, its words not yet checked. */
    List<TriggeredScaling> objects();

    /** Why an object cannot be read at all, by its owner. */
    Map<TriggeredScaling.Owner, String> unreadable();

    /**
     * @return empty where there is none of that name
     * @throws IngestException if what is known of the cluster is not kept up to date any more
     */
    Optional<Workload> workload(WorkloadId id) throws IngestException;

    List<HorizontalAutoscaler> autoscalers();

    /** @param listener runs when an object is added, asks for something else or is gone; it must be quick */
    void onChange(Runnable listener);

    /** The Deployment that runs KEDA's operator; empty where it does not run. */
    Optional<String> kedaOperator();

    /** Why nothing may be written for the workload now, in words; empty where it may. */
    Optional<String> refusal(Workload workload, TriggeredScaling object);

    /** What one pod of the workload costs an hour, in USD. */
    BigDecimal podPricePerHour(Workload workload);
}
