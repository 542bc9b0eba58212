package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.trimtab.cost.units.Bytes;
import java.util.Map;

/** Ephemeral storage: of nodes what pods may ask for, of pods what they do. */
final class StorageMapping {
    private static final String EPHEMERAL = "ephemeral-storage";

    private StorageMapping() {}

    /** None where nothing is said, as the scheduler has it. */
    static Bytes amount(Map<String, Quantity> from) {
        return ContainerMapping.amount(from, EPHEMERAL, Bytes::parse).orElse(Bytes.ZERO);
    }

    /**
     * What the scheduler counts, or a little more: a container that ends before the others is taken to run beside all sidecars.
     */
    static Bytes requested(PodSpec spec) {
        Bytes together =
                spec.getContainers().stream().map(StorageMapping::requested).reduce(Bytes.ZERO, Bytes::plus);
        Bytes sidecars = Bytes.ZERO;
        Bytes longest = Bytes.ZERO;
        for (Container container : spec.getInitContainers()) {
            Bytes its = requested(container);
            if (ContainerMapping.isSidecar(container)) sidecars = sidecars.plus(its);
            else if (its.compareTo(longest) > 0) longest = its;
        }
        Bytes most = longest.compareTo(together) > 0 ? longest : together;
        return most.plus(sidecars).plus(amount(ContainerMapping.orEmpty(spec.getOverhead())));
    }

    /** A limit without a request is its request, which the API server fills in. */
    private static Bytes requested(Container container) {
        if (container.getResources() == null) return Bytes.ZERO;
        return amount(ContainerMapping.orEmpty(container.getResources().getRequests()));
    }
}
