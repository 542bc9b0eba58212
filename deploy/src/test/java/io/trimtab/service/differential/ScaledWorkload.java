package io.trimtab.service.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.trimtab.service.evaluate.Evaluator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * One Deployment with its autoscaler, moved by the controller's own requests, so that nothing happens behind its back. The first metric that the controller reads begins a round:
 * what it made of the last round is the count that the Deployment asks for now. Then either everything is as it was a round ago, so that the controller's caches have it too, and
 * the round gets samples; or it gets none, which the controller answers by leaving things as they are.
 */
final class ScaledWorkload {
    private static final Evaluator OURS = Evaluator.create();
    private static final InstantSource CLOCK = InstantSource.system();

    /** The controller looks at its clock a little after we do. */
    private static final long[] SHIFTS_MILLIS = {50, 150, 300, 500, -300, 1000, -1000, 1500, 2000, -2000};

    /** @param behavior as the API server has it, with its defaults */
    record Spec(
            String name,
            int min,
            int max,
            List<WantedMetric> metrics,
            PodUsage.Requests requests,
            Optional<JsonNode> behavior) {}

    /** The samples of one round. */
    record Round(List<PodUsage> pods, Map<Integer, Long> totals) {}

    private final KubernetesClient client;
    private final Spec spec;
    private final Random random;
    private final Demand demand;
    private final Tally tally;
    private final KeptHistory history = new KeptHistory();

    private int next;
    private int replicas = -1;
    private String seen = "";
    private boolean ended;
    private Optional<Round> round = Optional.empty();
    private Optional<ObjectNode> question = Optional.empty();
    private Instant asked = Instant.EPOCH;

    ScaledWorkload(KubernetesClient client, Spec spec, Random random, Tally tally) {
        this.client = client;
        this.spec = spec;
        this.random = random;
        this.demand = new Demand(random, spec.metrics, spec.requests);
        this.tally = tally;
    }

    Spec spec() {
        return spec;
    }

    /**
     * The controller reads a metric.
     *
     * @param key of {@link WantedMetric#key}
     * @return empty for a round without samples
     */
    synchronized Optional<Round> ask(String key) {
        if (ended) return Optional.empty();
        WantedMetric expected = spec.metrics.get(next);
        if (!expected.key().equals(key)) {
            // A reading has been lost on the way, and with it what the controller knew in this round.
            lose("%s was read, %s was to be".formatted(key, expected.key()));
            return Optional.empty();
        }
        try {
            if (next == 0) begin();
        } catch (KubernetesClientException e) {
            lose(String.valueOf(e.getMessage()));
        }
        next = (next + 1) % spec.metrics.size();
        if (next == 0) asked = CLOCK.instant();
        return round;
    }

    private void begin() {
        Deployment deployment = client.apps().deployments().withName(spec.name).get();
        List<Pod> pods = client.pods().withLabel("app", spec.name).list().getItems();
        int now = deployment.getSpec().getReplicas();
        boolean first = replicas < 0;
        if (first) history.recommended(now, CLOCK.instant());
        else judge(now);
        question = Optional.empty();
        round = Optional.empty();
        replicas = now;
        if (now == 0) {
            // Ours leaves what sleeps asleep; the controller wakes what it put to sleep itself.
            ended = true;
            return;
        }
        String before = seen;
        seen = fingerprint(deployment, pods);
        boolean settled = deployment.getStatus().getReplicas() != null
                && deployment.getStatus().getReplicas() == now
                && deployment
                        .getMetadata()
                        .getGeneration()
                        .equals(deployment.getStatus().getObservedGeneration());
        if (!settled || !seen.equals(before)) return;
        int dice = random.nextInt(40);
        if (dice == 0) moveOutside(now);
        else if (dice < 7) PodTrouble.befall(client, pods, random);
        else draw(now, pods);
    }

    private static String fingerprint(Deployment deployment, List<Pod> pods) {
        return deployment.getMetadata().getGeneration()
                + pods.stream()
                        .map(pod ->
                                pod.getMetadata().getUid() + pod.getMetadata().getResourceVersion())
                        .sorted()
                        .collect(Collectors.joining());
    }

    private void draw(int current, List<Pod> pods) {
        demand.advance(current, spec.max);
        List<PodUsage> usage = new ArrayList<>();
        for (Pod pod : pods) {
            Optional<PodUsage.Sample> sample = demand.sample();
            boolean stale = sample.map(PodUsage.Sample::stale).orElse(false);
            usage.add(new PodUsage(pod.getMetadata().getName(), PodUsage.state(pod, stale), sample));
        }
        Round drawn = new Round(usage, demand.totals(current));
        round = Optional.of(drawn);
        question = Optional.of(document(current, drawn));
    }

    /** Somebody else asks for more or fewer than the autoscaler allows; the controller looks at no metric then. */
    private void moveOutside(int current) {
        int outside = spec.min > 1 && random.nextBoolean() ? spec.min - 1 : spec.max + 1 + random.nextInt(2);
        client.apps()
                .deployments()
                .withName(spec.name)
                .edit(old -> new DeploymentBuilder(old)
                        .editSpec()
                        .withReplicas(outside)
                        .endSpec()
                        .build());
        replicas = outside;
        question = Optional.of(document(outside, new Round(List.of(), Map.of())));
    }

    private ObjectNode document(int current, Round drawn) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("currentReplicas", current).put("minReplicas", spec.min).put("maxReplicas", spec.max);
        var metrics = document.putArray("metrics");
        for (int i = 0; i < spec.metrics.size(); i++)
            metrics.add(spec.metrics.get(i).inQuestion(Optional.ofNullable(drawn.totals.get(i))));
        var pods = document.putArray("pods");
        String podMetric = spec.metrics.stream()
                .filter(metric -> metric.form() == WantedMetric.Form.PODS)
                .map(WantedMetric::name)
                .findFirst()
                .orElse("none");
        drawn.pods.forEach(pod -> pod.addQuestion(pods, spec.requests, podMetric));
        spec.behavior.ifPresent(rules -> document.set("behavior", rules));
        return document;
    }

    private void judge(int now) {
        if (question.isEmpty()) {
            if (now != replicas)
                tally.different("%s: went from %d to %d without samples".formatted(spec.name, replicas, now));
            return;
        }
        ObjectNode document = question.get();
        int current = document.path("currentReplicas").intValue();
        ObjectNode ours = answer(document, 0);
        String kind = current > spec.max || current < spec.min
                ? "bounds"
                : now > current ? "up" : now < current ? "down" : "hold";
        if (ours.path("desiredReplicas").intValue() == now)
            tally.same(kind + " " + ours.at("/reasons/0/code").asText());
        else if (onAnEdge(document, now)) tally.edge(what(document, ours, now));
        else tally.different(what(document, ours, now));
        if (!kind.equals("bounds")) recommendation(ours, current).ifPresent(it -> history.recommended(it, asked));
        if (spec.behavior.isPresent()) history.scaled(current, now, asked);
    }

    /** What the metrics propose, which the controller keeps unless it is stopped by one that cannot be read. */
    private static Optional<Integer> recommendation(ObjectNode ours, int current) {
        int highest = -1;
        boolean failed = false;
        for (JsonNode metric : ours.path("metrics")) {
            JsonNode proposed = metric.path("proposedReplicas");
            if (proposed.isInt()) highest = Math.max(highest, proposed.intValue());
            else failed = true;
        }
        return highest < 0 || (failed && highest < current) ? Optional.empty() : Optional.of(highest);
    }

    private boolean onAnEdge(ObjectNode document, int now) {
        for (long shift : SHIFTS_MILLIS)
            if (answer(document, shift).path("desiredReplicas").intValue() == now) return true;
        return false;
    }

    private ObjectNode answer(ObjectNode document, long shiftMillis) {
        document.set("history", history.asOf(asked.plus(Duration.ofMillis(shiftMillis))));
        return OURS.answer("replicas", document.toString());
    }

    private String what(ObjectNode document, ObjectNode ours, int theirs) {
        return "%s: theirs %d, ours %s%n  asked %s".formatted(spec.name, theirs, ours, document);
    }

    private void lose(String why) {
        ended = true;
        round = Optional.empty();
        tally.lost(spec.name + ": " + why);
    }
}
