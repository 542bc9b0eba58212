package io.trimtab.service.evaluate;

import io.trimtab.cost.allocation.AllocationRequest;
import io.trimtab.cost.allocation.AllocationRequest.Amount;
import io.trimtab.cost.allocation.AllocationRequest.Carbon;
import io.trimtab.cost.allocation.AllocationRequest.LoadBalancer;
import io.trimtab.cost.allocation.AllocationRequest.Node;
import io.trimtab.cost.allocation.AllocationRequest.Pod;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.allocation.AllocationRequest.Traffic;
import io.trimtab.cost.allocation.AllocationRequest.TrafficClass;
import io.trimtab.cost.allocation.AllocationRequest.Usage;
import io.trimtab.cost.allocation.AllocationRequest.Volume;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what {@code allocate} is asked. */
final class AllocateReader {
    private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);

    private AllocateReader() {}

    static AllocationRequest read(JsonObject input) {
        Span window = span(input.required("window").object(), Optional.empty());
        input.optional("currency").ifPresent(JsonValue::text);
        List<Node> nodes = new ArrayList<>();
        Set<String> nodeNames = new HashSet<>();
        for (JsonValue value : input.list("nodes")) {
            nodes.add(node(value.object(), window));
            if (!nodeNames.add(nodes.getLast().name()))
                throw value.wrong("is a second node " + nodes.getLast().name());
        }
        List<Volume> volumes = new ArrayList<>();
        Set<String> volumeNames = new HashSet<>();
        for (JsonValue value : input.list("volumes")) {
            volumes.add(volume(value.object()));
            if (!volumeNames.add(volumes.getLast().name()))
                throw value.wrong("is a second volume " + volumes.getLast().name());
        }
        List<Pod> pods = new ArrayList<>();
        Set<String> podNames = new HashSet<>();
        for (JsonValue value : input.list("pods")) {
            Pod pod = pod(value.object(), window, nodeNames, volumeNames);
            if (!podNames.add(pod.namespace() + "/" + pod.name())) {
                throw value.wrong("is a second pod %s/%s".formatted(pod.namespace(), pod.name()));
            }
            pods.add(pod);
        }
        AllocationRequest request = new AllocationRequest(
                window,
                nodes,
                pods,
                volumes,
                loadBalancers(input, podNames),
                traffic(input, podNames),
                AllocationTerms.trafficPrices(input),
                AllocationTerms.ratio(input),
                AllocationTerms.groupings(input),
                AllocationTerms.idleSharing(input),
                AllocationTerms.sharing(input));
        input.end();
        return request;
    }

    private static Span span(JsonObject object, Optional<Span> otherwise) {
        Instant start = otherwise.isPresent()
                ? object.optional("start")
                        .map(JsonValue::instant)
                        .orElse(otherwise.get().start())
                : object.required("start").instant();
        Instant end = otherwise.isPresent()
                ? object.optional("end")
                        .map(JsonValue::instant)
                        .orElse(otherwise.get().end())
                : object.required("end").instant();
        if (start.isAfter(end)) throw object.wrong("end", "(%s) must not be before start (%s)".formatted(end, start));
        if (otherwise.isEmpty()) object.end();
        return new Span(start, end);
    }

    private static Node node(JsonObject object, Span window) {
        Node node = new Node(
                object.required("name").text(),
                span(object, Optional.of(window)),
                object.required("cpu").quantity(),
                gib(object.required("memory").quantity()),
                object.optional("gpus").map(JsonValue::quantity).orElse(BigDecimal.ZERO),
                object.optional("gpuReplicas").map(value -> value.integer(1)).orElse(1),
                object.required("price").amount(),
                object.list("priceGaps").stream()
                        .map(value -> span(value.object(), Optional.empty()))
                        .toList(),
                object.object("carbon").map(AllocateReader::carbon));
        List.of("capacityType", "shape", "region")
                .forEach(name -> object.optional(name).ifPresent(JsonValue::text));
        object.end();
        return node;
    }

    private static Carbon carbon(JsonObject object) {
        Carbon carbon = new Carbon(
                object.required("minWatts").amount(),
                object.required("maxWatts").amount(),
                object.required("memoryWattsPerGiB").amount(),
                object.required("pue").amount(),
                object.required("gramsPerKWh").amount());
        object.end();
        return carbon;
    }

    private static Pod pod(JsonObject object, Span window, Set<String> nodes, Set<String> volumes) {
        Optional<String> node = object.optional("node").map(JsonValue::text);
        if (node.isPresent() && !nodes.contains(node.get()))
            throw object.wrong("node", "(%s) is not among the nodes".formatted(node.get()));
        List<String> mounted = new ArrayList<>();
        for (JsonValue value : object.list("volumes")) {
            if (!volumes.contains(value.text()))
                throw value.wrong("(%s) is not among the volumes".formatted(value.text()));
            mounted.add(value.text());
        }
        Map<String, String> labels = new LinkedHashMap<>();
        object.object("labels")
                .ifPresent(all -> all.names()
                        .forEach(name -> labels.put(name, all.required(name).text())));
        Pod pod = new Pod(
                object.required("namespace").text(),
                object.required("name").text(),
                node,
                object.optional("controller").map(JsonValue::text),
                labels,
                span(object, Optional.of(window)),
                object.object("request")
                        .map(AllocateReader::amount)
                        .orElse(new Amount(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO)),
                usage(object),
                mounted);
        object.end();
        return pod;
    }

    private static Amount amount(JsonObject object) {
        Amount amount = new Amount(
                object.optional("cpu").map(JsonValue::quantity).orElse(BigDecimal.ZERO),
                object.optional("memory")
                        .map(JsonValue::quantity)
                        .map(AllocateReader::gib)
                        .orElse(BigDecimal.ZERO),
                object.optional("gpu").map(JsonValue::quantity).orElse(BigDecimal.ZERO));
        object.end();
        return amount;
    }

    private static List<Usage> usage(JsonObject pod) {
        List<Usage> usage = new ArrayList<>();
        Set<Instant> moments = new HashSet<>();
        for (JsonValue value : pod.list("usage")) {
            JsonObject object = value.object();
            Usage sample = new Usage(
                    object.required("at").instant(),
                    object.optional("cpu").map(JsonValue::quantity).orElse(BigDecimal.ZERO),
                    object.optional("memory")
                            .map(JsonValue::quantity)
                            .map(AllocateReader::gib)
                            .orElse(BigDecimal.ZERO));
            object.end();
            if (!moments.add(sample.at())) throw value.wrong("is a second sample at " + sample.at());
            usage.add(sample);
        }
        return usage;
    }

    private static Volume volume(JsonObject object) {
        Volume volume = new Volume(
                object.required("name").text(),
                gib(object.required("size").quantity()),
                object.required("pricePerGiBHour").amount());
        object.end();
        return volume;
    }

    private static List<LoadBalancer> loadBalancers(JsonObject input, Set<String> pods) {
        List<LoadBalancer> balancers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonValue value : input.list("loadBalancers")) {
            JsonObject object = value.object();
            LoadBalancer balancer = new LoadBalancer(
                    object.required("name").text(),
                    object.required("price").amount(),
                    object.list("pods").stream().map(pod -> known(pod, pods)).toList());
            object.end();
            if (!names.add(balancer.name())) throw value.wrong("is a second load balancer " + balancer.name());
            balancers.add(balancer);
        }
        return balancers;
    }

    private static List<Traffic> traffic(JsonObject input, Set<String> pods) {
        List<Traffic> traffic = new ArrayList<>();
        for (JsonValue value : input.list("network")) {
            JsonObject object = value.object();
            traffic.add(new Traffic(
                    known(object.required("pod"), pods),
                    trafficClass(object.required("class")),
                    gib(object.required("bytes").quantity())));
            object.end();
        }
        return traffic;
    }

    private static TrafficClass trafficClass(JsonValue value) {
        return switch (value.text()) {
            case "internet" -> TrafficClass.INTERNET;
            case "zone" -> TrafficClass.ZONE;
            case "region" -> TrafficClass.REGION;
            default -> throw value.wrong("(%s) must be internet, zone or region".formatted(value.text()));
        };
    }

    private static String known(JsonValue pod, Set<String> pods) {
        if (!pods.contains(pod.text()))
            throw pod.wrong("(%s) is not among the pods; write namespace/name".formatted(pod.text()));
        return pod.text();
    }

    private static BigDecimal gib(BigDecimal bytes) {
        return bytes.divide(GIB, MathContext.DECIMAL128);
    }
}
