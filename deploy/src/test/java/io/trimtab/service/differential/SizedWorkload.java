package io.trimtab.service.differential;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** One Deployment under a VerticalPodAutoscaler: what its pods used, drawn step by step, and the questions that this makes. */
final class SizedWorkload {
    static final Duration STEP = Duration.ofMinutes(20);
    private static final double GAP = 0.05;

    /** @param bounds as a document of kind {@code rightsize} has them; empty for none */
    record Container(String name, long requestBytes, double cpuMilli, double memoryBytes, ObjectNode bounds) {}

    /** One sample of one container; a gap where there is none. */
    private record Sample(boolean gap, long cpuMilli, long memoryBytes) {}

    private record Kill(String pod, String container, Instant at, Instant seen, long requestBytes) {}

    final String name;
    private final String namespace;
    final int replicas;
    final List<Container> containers;

    private final Random random;
    private List<String> pods = List.of();
    private Instant start = Instant.EPOCH;
    private int steps;
    private final Map<String, List<Sample>> samples = new TreeMap<>();
    private final List<Kill> kills = new ArrayList<>();

    SizedWorkload(String namespace, String name, Random random) {
        this.namespace = namespace;
        this.name = name;
        this.random = random;
        this.replicas = 1 + random.nextInt(3);
        this.containers = new ArrayList<>();
        containers.add(container("app"));
        if (random.nextBoolean()) containers.add(container("side"));
    }

    private Container container(String container) {
        double cpu = 3 * Math.pow(10, random.nextDouble() * 3);
        double memory = (10L << 20) * Math.pow(10, random.nextDouble() * 2.5);
        ObjectNode bounds = JsonNodeFactory.instance.objectNode();
        if (random.nextInt(3) == 0) {
            bounds.putObject("min")
                    .put("cpu", Math.round(cpu * 0.8) + 1 + "m")
                    .put("memory", Long.toString(Math.round(memory * 0.9)));
            bounds.putObject("max")
                    .put("cpu", Math.round(cpu * (1 + random.nextDouble())) + 2 + "m")
                    .put("memory", Long.toString(Math.round(memory * (1 + random.nextDouble()))));
        }
        return new Container(container, Math.round(memory), cpu, memory, bounds);
    }

    /** From here on samples are of these pods and begin anew. */
    void begin(List<String> names, Instant from) {
        pods = names.stream().sorted().toList();
        start = from;
        steps = 0;
        samples.clear();
        kills.clear();
    }

    /** Draws the next step; its samples are added as items of {@code metrics.k8s.io}. */
    void step(List<ObjectNode> items) {
        Instant at = start.plus(STEP.multipliedBy(steps));
        for (String pod : pods) {
            boolean gap = random.nextDouble() < GAP;
            double level = 0.6 + 0.5 * random.nextDouble() + (random.nextInt(25) == 0 ? random.nextDouble() * 2 : 0);
            ObjectNode item = JsonNodeFactory.instance.objectNode();
            item.putObject("metadata").put("name", pod).put("namespace", namespace);
            item.put("timestamp", at.toString()).put("window", "30s");
            ArrayNode used = item.putArray("containers");
            for (Container container : containers) {
                Sample sample = new Sample(
                        gap,
                        Math.round(container.cpuMilli * level * (0.9 + 0.2 * random.nextDouble())),
                        Math.round(container.memoryBytes * (0.7 + 0.2 * level + 0.1 * random.nextDouble())));
                samples.computeIfAbsent(pod + "/" + container.name, ignored -> new ArrayList<>())
                        .add(sample);
                used.addObject()
                        .put("name", container.name)
                        .putObject("usage")
                        .put("cpu", sample.cpuMilli + "m")
                        .put("memory", Long.toString(sample.memoryBytes));
            }
            if (!gap) items.add(item);
        }
        steps++;
    }

    /** Of the newest step. */
    Instant last() {
        return start.plus(STEP.multipliedBy(steps - 1L));
    }

    List<String> pods() {
        return pods;
    }

    /** The reader learns of it after the newest step. */
    void killed(String pod, Container container, Instant at) {
        kills.add(new Kill(pod, container.name, at, last(), container.requestBytes));
    }

    /** As a document of kind {@code rightsize}. */
    ObjectNode question(Container container, ObjectNode checkpoint, boolean bounded, Instant now) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("policy", "vpa").put("now", now.toString()).put("containers", containers.size());
        document.set("checkpoint", checkpoint);
        if (bounded) document.set("bounds", container.bounds);
        ArrayNode series = document.putArray("series");
        for (String pod : pods) {
            ArrayNode cpu = values(series, pod, "cpu");
            ArrayNode memory = values(series, pod, "memory");
            for (Sample sample : samples.getOrDefault(pod + "/" + container.name, List.of())) {
                if (sample.gap) {
                    cpu.addNull();
                    memory.addNull();
                } else {
                    // In the middle of the millicore, which is cut off, so that no binary fraction falls below it.
                    cpu.add((sample.cpuMilli + 0.5) / 1000);
                    memory.add(sample.memoryBytes);
                }
            }
        }
        ArrayNode events = document.putArray("events");
        for (Kill kill : kills) {
            if (kill.container.equals(container.name))
                events.addObject()
                        .put("type", "oom")
                        .put("pod", kill.pod)
                        .put("at", kill.at.toString())
                        .put("seen", kill.seen.toString())
                        .put("memory", Long.toString(kill.requestBytes));
        }
        return document;
    }

    private ArrayNode values(ArrayNode series, String pod, String resource) {
        return series.addObject()
                .put("pod", pod)
                .put("resource", resource)
                .put("start", start.toString())
                .put("step", STEP.toMinutes() + "m")
                .putArray("values");
    }
}
