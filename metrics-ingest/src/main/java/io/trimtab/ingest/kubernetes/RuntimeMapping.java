package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import io.trimtab.ingest.model.RuntimeSettings;
import io.trimtab.ingest.runtime.Launch;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a container's language runtime is told by its command, its arguments and its environment. */
final class RuntimeMapping {
    private RuntimeMapping() {}

    static Optional<RuntimeSettings> runtime(Container container) {
        return new Launch(orNone(container.getCommand()), orNone(container.getArgs()), environment(container))
                .runtime();
    }

    /** As far as the container itself tells; what is taken from ConfigMaps, Secrets or fields of the pod is left out. */
    private static Map<String, String> environment(Container container) {
        Map<String, String> environment = new HashMap<>();
        for (EnvVar variable : orNone(container.getEnv()))
            value(variable, container).ifPresent(value -> environment.put(variable.getName(), value));
        return environment;
    }

    private static Optional<String> value(EnvVar variable, Container container) {
        if (variable.getValueFrom() == null) return Optional.ofNullable(variable.getValue());
        return Optional.ofNullable(variable.getValueFrom().getResourceFieldRef())
                .filter(field -> field.getContainerName() == null
                        || field.getContainerName().isEmpty()
                        || field.getContainerName().equals(container.getName()))
                .flatMap(field -> amount(field, container));
    }

    /**
     * Whole divisors, rounded up. A limit that is not set is what the node has, which is not known here.
     *
     * @see "Kubernetes API reference, ResourceFieldSelector"
     */
    private static Optional<String> amount(ResourceFieldSelector field, Container container) {
        if (container.getResources() == null) return Optional.empty();
        String resource = field.getResource();
        Map<String, Quantity> amounts = resource.startsWith("limits.")
                ? ContainerMapping.orEmpty(container.getResources().getLimits())
                : ContainerMapping.orEmpty(container.getResources().getRequests());
        BigDecimal divisor = Optional.ofNullable(field.getDivisor())
                .map(Quantity::getNumericalAmount)
                .filter(it -> it.signum() > 0)
                .orElse(BigDecimal.ONE);
        return Optional.ofNullable(amounts.get(resource.substring(resource.indexOf('.') + 1)))
                .map(amount -> amount.getNumericalAmount()
                        .divide(divisor, 0, RoundingMode.CEILING)
                        .toPlainString());
    }

    private static <T> List<T> orNone(@Nullable List<T> list) {
        return Objects.requireNonNullElse(list, List.of());
    }
}
