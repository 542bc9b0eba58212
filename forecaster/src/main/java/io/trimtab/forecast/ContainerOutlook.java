package io.trimtab.forecast;

import io.trimtab.forecast.online.Leak;
import io.trimtab.ingest.model.Resource;
import java.util.Optional;

/**
 * What one container of a workload used, over all its pods together, and what it will use; in the resource's unit.
 *
 * @param leak of memory only
 */
public record ContainerOutlook(String container, Resource resource, SeriesOutlook series, Optional<Leak> leak) {
    static ContainerOutlook of(OutlookForecaster.Subject subject, Together together) {
        return new ContainerOutlook(
                subject.container(), subject.resource(), together.followed.outlook(), together.leak());
    }
}
