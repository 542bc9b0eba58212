package io.trimtab.service.opencost;

import io.trimtab.cost.allocation.AllocationRequest.Grouping;
import io.trimtab.cost.allocation.Allocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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
     * @param from the grouping's key to this part of the name
     * @param told the grouping's key to what {@code properties} of an answer say
     * @param label that it is; empty where it is none
     */
    record Property(
            List<Grouping> groupings,
            Function<String, String> from,
            Function<String, Map<String, String>> told,
            String label) {
        Property {
            groupings = List.copyOf(groupings);
        }

        private static Property of(String name, Grouping grouping, Function<String, String> from) {
            return new Property(List.of(grouping), from, key -> Map.of(name, from.apply(key)), "");
        }
    }

    /** A name, and what its parts are: the cluster, whatever is told, and {@code labels}. */
    record Named(String name, Map<String, Object> properties) {}

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
            case "cluster" -> new Property(List.of(), _ -> CLUSTER, _ -> Map.of(), "");
            case "node" -> Property.of("node", new Grouping.ByNode(), key -> key);
            case "namespace" -> Property.of("namespace", new Grouping.ByNamespace(), key -> key);
            case "pod" -> Property.of("pod", new Grouping.ByPod(), key -> key.substring(key.indexOf('/') + 1));
            case "controllerkind" -> Property.of("controllerKind", controller, Aggregation::kind);
            case "controller" ->
                new Property(
                        List.of(controller),
                        key -> key.equals(UNALLOCATED) ? key : kind(key) + ":" + controllerName(key),
                        Aggregation::controller,
                        "");
            case "deployment", "statefulset", "daemonset", "job" ->
                new Property(
                        List.of(controller),
                        key -> kind(key).equalsIgnoreCase(name) ? controllerName(key) : UNALLOCATED,
                        key -> kind(key).equalsIgnoreCase(name) ? controller(key) : Map.of(),
                        "");
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
        return new Property(List.of(new Grouping.ByLabel(label)), key -> key, _ -> Map.of(), label);
    }

    /** What the account does not have. */
    private static Property unknown() {
        return new Property(List.of(), _ -> UNALLOCATED, _ -> Map.of(), "");
    }

    private static Map<String, String> controller(String key) {
        return key.equals(UNALLOCATED)
                ? Map.of()
                : Map.of("controller", controllerName(key), "controllerKind", kind(key));
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
        Map<String, Object> told = new TreeMap<>(Map.of("cluster", CLUSTER));
        Map<String, String> labels = new TreeMap<>();
        int at = 0;
        for (Property property : properties) {
            String key = property.groupings().isEmpty() ? "" : keys.get(at++);
            String part = property.from().apply(key);
            parts.add(part);
            told.putAll(property.told().apply(key));
            if (!property.label().isEmpty() && !part.equals(UNALLOCATED)) labels.put(property.label(), part);
        }
        if (!labels.isEmpty()) told.put("labels", labels);
        return new Named(String.join("/", parts), told);
    }
}
