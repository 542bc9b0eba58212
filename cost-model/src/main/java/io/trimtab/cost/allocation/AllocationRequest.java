package io.trimtab.cost.allocation;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What ran, what it used and what it is priced at. Amounts are in cores, GiB, devices and units of one currency; prices are per hour.
 *
 * @param groupings by which rows are made, one or several
 */
public record AllocationRequest(
        Span window,
        List<Node> nodes,
        List<Pod> pods,
        List<Volume> volumes,
        List<LoadBalancer> loadBalancers,
        List<Traffic> traffic,
        Map<TrafficClass, BigDecimal> trafficPrices,
        ComponentRatio ratio,
        List<Grouping> groupings,
        IdleSharing idleSharing,
        Sharing sharing) {
    public AllocationRequest {
        nodes = List.copyOf(nodes);
        pods = List.copyOf(pods);
        volumes = List.copyOf(volumes);
        loadBalancers = List.copyOf(loadBalancers);
        traffic = List.copyOf(traffic);
        trafficPrices = Map.copyOf(trafficPrices);
        groupings = List.copyOf(groupings);
    }

    /** From {@code start} until before {@code end}. */
    public record Span(Instant start, Instant end) {
        public Span {
            if (start.isAfter(end))
                throw new IllegalArgumentException("start (%s) must not be after end (%s)".formatted(start, end));
        }

        /** The part of this that is in the other; of no length, at the nearer end of the other, where they do not meet. */
        Span within(Span other) {
            return new Span(other.nearest(start), other.nearest(end));
        }

        private Instant nearest(Instant moment) {
            if (moment.isBefore(start)) return start;
            return moment.isAfter(end) ? end : moment;
        }

        boolean covers(Instant from, Instant to) {
            return !start.isAfter(from) && !end.isBefore(to);
        }
    }

    /**
     * @param gpus physical devices
     * @param gpuReplicas how many shareable devices each one is advertised as
     * @param priceGaps when the price was not known and the last one is used
     */
    public record Node(
            String name,
            Span span,
            BigDecimal cores,
            BigDecimal memoryGiB,
            BigDecimal gpus,
            int gpuReplicas,
            BigDecimal price,
            List<Span> priceGaps,
            Optional<Carbon> carbon) {
        public Node {
            priceGaps = List.copyOf(priceGaps);
        }
    }

    /** What a node's power makes; watts per vCPU idle and at full load. */
    public record Carbon(
            BigDecimal minWatts,
            BigDecimal maxWatts,
            BigDecimal memoryWattsPerGiB,
            BigDecimal pue,
            BigDecimal gramsPerKWh) {}

    /**
     * @param node empty for a pod that was never bound: it costs nothing of a node
     * @param usage ascending by moment; each holds until the next
     * @param volumes names of what it mounts
     */
    public record Pod(
            String namespace,
            String name,
            Optional<String> node,
            Optional<String> controller,
            Map<String, String> labels,
            Span span,
            Amount request,
            List<Usage> usage,
            List<String> volumes) {
        public Pod {
            labels = Map.copyOf(labels);
            usage = usage.stream()
                    .sorted(java.util.Comparator.comparing(Usage::at))
                    .toList();
            volumes = List.copyOf(volumes);
        }

        String id() {
            return namespace + "/" + name;
        }
    }

    /** Cores, GiB and advertised GPU devices. */
    public record Amount(BigDecimal cores, BigDecimal memoryGiB, BigDecimal gpus) {}

    /** What was used from a moment on. */
    public record Usage(Instant at, BigDecimal cores, BigDecimal memoryGiB) {}

    public record Volume(String name, BigDecimal sizeGiB, BigDecimal pricePerGiBHour) {}

    /** @param pods behind it, as namespace/name */
    public record LoadBalancer(String name, BigDecimal price, List<String> pods) {
        public LoadBalancer {
            pods = List.copyOf(pods);
        }
    }

    public enum TrafficClass {
        INTERNET,
        ZONE,
        REGION
    }

    /** @param pod that sent it, as namespace/name */
    public record Traffic(String pod, TrafficClass trafficClass, BigDecimal gib) {}

    /** How the price of a node divides: the relative price of a core, a GiB and a device. */
    public record ComponentRatio(BigDecimal cpu, BigDecimal memoryGiB, BigDecimal gpu) {
        /** Google Cloud's list prices of a core and a GiB of general purpose machines, and OpenCost's default for a GPU. */
        public static final ComponentRatio DEFAULT =
                new ComponentRatio(new BigDecimal("0.031611"), new BigDecimal("0.004237"), new BigDecimal("0.95"));
    }

    /** What a row's key is made of. */
    public sealed interface Grouping {
        record ByNamespace() implements Grouping {}

        record ByController() implements Grouping {}

        record ByNode() implements Grouping {}

        record ByPod() implements Grouping {}

        record ByLabel(String name) implements Grouping {}
    }

    public enum IdleSharing {
        /** Idle stays a row of its own. */
        APART,
        /** The idle of all nodes is borne by all rows, by their cost of the resource. */
        CLUSTER,
        /** The idle of each node is borne by those that ran on it. */
        NODE
    }

    /**
     * What all others bear.
     *
     * @param namespaces whose cost is divided over the rest
     * @param even in equal parts; else by cost
     * @param overheadPerMonth a fee per 730 h
     */
    public record Sharing(Set<String> namespaces, boolean even, BigDecimal overheadPerMonth) {
        public static final Sharing NONE = new Sharing(Set.of(), false, BigDecimal.ZERO);

        public Sharing {
            namespaces = Set.copyOf(namespaces);
        }
    }
}
