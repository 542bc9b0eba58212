package io.trimtab.service.opencost;

import io.trimtab.cost.allocation.AllocationRequest.Grouping;
import io.trimtab.cost.allocation.Allocator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * What a name is made of. The account is asked by its own groupings, from whose keys these names are made; those that then have the same name are put together.
 *
 * @param properties in the order of the name's parts
 */
record Aggregation(List<Property> properties) {
    /** The account has no names of clusters; this is what OpenCost calls one that was not given any. */
    static final String CLUSTER = "cluster-one";

    private static final String UNALLOCATED = Allocator.UNALLOCATED;

    /** By pod: the account has no containers. */
    private static final String FINEST = "cluster,node,namespace,pod";

    Aggregation {
        properties = List.copyOf(properties);
    }

    /**
     * @param name as in {@code properties} of an answer; empty where it has none
     * @param from the grouping's key to this part of the name
     */
    record Property(String name, List<Grouping> groupings, Function<String, String> from) {
        Property {
            groupings = List.copyOf(groupings);
        }
    }

    /** A name, and what its parts are. */
    record Named(String name, Map<String, String> properties) {}

    /** @throws IllegalArgumentException if a property is not known */
    static Aggregation parse(String text) {
        if (text.isBlank()) return parse(FINEST);
        if (text.strip().equals("all")) return new Aggregation(List.of());
        List<Property> properties = new ArrayList<>();
        for (String name : text.split(",", -1)) properties.add(property(name.strip(), text));
        return new Aggregation(properties);
    }

    private static Property property(String name, String all) {
        if (name.startsWith("label:"))
            return label(name.substring("label:".length()).strip());
        if (name.startsWith("annotation:")) return unknown();
        Grouping controller = new Grouping.ByController();
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "cluster" -> new Property("cluster", List.of(), _ -> CLUSTER);
            case "node" -> new Property("node", List.of(new Grouping.ByNode()), key -> key);
            case "namespace" -> new Property("namespace", List.of(new Grouping.ByNamespace()), key -> key);
            case "pod" ->
                new Property("pod", List.of(new Grouping.ByPod()), key -> key.substring(key.indexOf('/') + 1));
            case "controllerkind" -> new Property("controllerKind", List.of(controller), Aggregation::kind);
            case "controller" ->
                new Property(
                        "controller",
                        List.of(controller),
                        key -> key.equals(UNALLOCATED) ? key : kind(key) + ":" + controllerName(key));
            case "deployment", "statefulset", "daemonset", "job" ->
                new Property(
                        "controller",
                        List.of(controller),
                        key -> kind(key).equalsIgnoreCase(name) ? controllerName(key) : UNALLOCATED);
            case "team", "owner", "department" -> label(name.toLowerCase(Locale.ROOT));
            case "environment" -> label("env");
            case "product" -> label("app");
            case "container", "service", "providerid" -> unknown();
            default ->
                throw new IllegalArgumentException(
                        ("Invalid 'aggregate' parameter: %s; it must be of cluster, node, namespace, controllerKind,"
                                        + " controller, deployment, statefulset, daemonset, job, pod, label:NAME, team,"
                                        + " owner, department, environment and product")
                                .formatted(all));
        };
    }

    private static Property label(String label) {
        return new Property("", List.of(new Grouping.ByLabel(label)), key -> key);
    }

    /** What the account does not have. */
    private static Property unknown() {
        return new Property("", List.of(), _ -> UNALLOCATED);
    }

    private static String kind(String controller) {
        int end = controller.indexOf('/');
        return end < 0 ? UNALLOCATED : controller.substring(0, end).toLowerCase(Locale.ROOT);
    }

    private static String controllerName(String controller) {
        return controller.substring(controller.indexOf('/') + 1);
    }

    /** By which the account is asked. */
    List<Grouping> groupings() {
        return properties.stream()
                .flatMap(property -> property.groupings().stream())
                .toList();
    }

    /** @param keys by {@link #groupings} */
    Named named(List<String> keys) {
        List<String> parts = new ArrayList<>();
        Map<String, String> named = new LinkedHashMap<>(Map.of("cluster", CLUSTER));
        int at = 0;
        for (Property property : properties) {
            String part = property.from().apply(property.groupings().isEmpty() ? "" : keys.get(at++));
            parts.add(part);
            if (!property.name().isEmpty()) named.put(property.name(), part);
        }
        return new Named(String.join("/", parts), named);
    }
}
