package io.trimtab.service.zero;

import java.util.List;

/** Takes events in. */
@FunctionalInterface
public interface Wakes {
    /** Where nothing scales by events. */
    Wakes NOBODY = event -> List.of();

    /**
     * Wakes what waits for such an event, at once; the same event sent again wakes nothing again.
     *
     * @return the workloads that waited for it, such as {@code shop/Deployment/web}
     */
    List<String> wake(WakeEvent event);
}
