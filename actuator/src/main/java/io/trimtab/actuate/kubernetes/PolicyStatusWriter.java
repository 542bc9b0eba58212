package io.trimtab.actuate.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.trimtab.ingest.model.Policy;
import io.trimtab.ingest.model.PolicyId;
import io.trimtab.ingest.model.PolicyStatus;
import io.trimtab.recommend.policy.PolicyOutcome;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what became of each policy into its status, where that has changed: a few a second, on a thread of its own, so that no round waits for
 * it. What is refused is tried again after the next round.
 */
public final class PolicyStatusWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyStatusWriter.class);
    private static final Duration PACE = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final String GROUP = "trimtab.io";
    private static final String VERSION = "v1alpha1";
    private static final int CENTS = 2;

    private final KubernetesClient client;
    private final InstantSource clock;
    private final Map<PolicyId, PolicyOutcome> waiting = new LinkedHashMap<>();
    private final Map<PolicyId, Written> written = new HashMap<>();
    private final Map<PolicyId, String> refusals = new TreeMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("policy-status").daemon().factory());

    /**
     * What was written, and what the watch showed then: until it shows something else, nobody else has written.
     *
     * @param shown without times
     */
    private record Written(PolicyStatus status, Optional<PolicyStatus> shown) {}

    /** @param client stays the caller's: it is not closed here */
    public PolicyStatusWriter(KubernetesClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Begins to write what is handed over. */
    public void start() {
        // The write catches what it throws, so that the schedule never ends by itself.
        ScheduledFuture<?> _ =
                thread.scheduleWithFixedDelay(this::writeNext, 0, PACE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Hands over what became of every policy in a round; returns at once. */
    public synchronized void publish(Collection<PolicyOutcome> outcomes) {
        Map<PolicyId, PolicyOutcome> byId =
                outcomes.stream().collect(Collectors.toMap(it -> it.policy().id(), it -> it));
        waiting.keySet().retainAll(byId.keySet());
        written.keySet().retainAll(byId.keySet());
        refusals.keySet().retainAll(byId.keySet());
        for (PolicyOutcome outcome : outcomes) {
            PolicyId id = outcome.policy().id();
            if (differs(outcome)) waiting.put(id, outcome);
            else waiting.remove(id);
        }
    }

    /** What could not be written, one line each: which, why and what to do. */
    public synchronized List<String> problems() {
        return List.copyOf(refusals.values());
    }

    private boolean differs(PolicyOutcome outcome) {
        PolicyStatus wanted = inCents(outcome.status());
        Optional<PolicyStatus> shown = outcome.policy().status().map(PolicyStatus::timeless);
        if (shown.filter(wanted::equals).isPresent()) return false;
        Written last = written.get(outcome.policy().id());
        return last == null || !last.equals(new Written(wanted, shown));
    }

    private void writeNext() {
        Optional<PolicyOutcome> next = takeNext();
        if (next.isEmpty()) return;
        PolicyId id = next.get().policy().id();
        try {
            write(next.get());
            done(next.get());
        } catch (KubernetesClientException e) {
            refused(id, "the status of %s was not written: %s".formatted(id, Words.why(e, resource(id) + "/status")));
        } catch (RuntimeException | Error e) {
            refused(id, "the status of %s was not written: %s".formatted(id, e));
        }
    }

    private synchronized Optional<PolicyOutcome> takeNext() {
        var first = waiting.entrySet().iterator();
        if (!first.hasNext()) return Optional.empty();
        PolicyOutcome outcome = first.next().getValue();
        first.remove();
        return Optional.of(outcome);
    }

    private synchronized void done(PolicyOutcome outcome) {
        PolicyId id = outcome.policy().id();
        refusals.remove(id);
        written.put(
                id,
                new Written(inCents(outcome.status()), outcome.policy().status().map(PolicyStatus::timeless)));
    }

    private synchronized void refused(PolicyId id, String line) {
        if (!line.equals(refusals.put(id, line))) LOG.warn("{}", line);
    }

    private void write(PolicyOutcome outcome) {
        Policy policy = outcome.policy();
        PolicyStatus status = inCents(outcome.status()).since(policy.status(), clock.instant());
        object(policy.id())
                .subresource("status")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager(ClusterWrites.FIELD_MANAGER)
                                .build(),
                        client.getKubernetesSerialization().asJson(Map.of("status", fields(status))));
    }

    private static Map<String, Object> fields(PolicyStatus status) {
        return Map.of(
                "conditions",
                status.conditions().stream().map(PolicyStatusWriter::condition).toList(),
                "workloads",
                status.workloads(),
                "recommendations",
                status.recommendations(),
                "savingPerMonth",
                Map.of("now", status.savingPerMonth().toPlainString(), "currency", status.currency()));
    }

    private static Map<String, Object> condition(PolicyStatus.Condition it) {
        return Map.of(
                "type",
                it.type(),
                "status",
                it.holds() ? "True" : "False",
                "observedGeneration",
                it.generation(),
                "reason",
                it.reason(),
                "message",
                it.message(),
                "lastTransitionTime",
                it.since()
                        .map(since -> since.truncatedTo(ChronoUnit.SECONDS))
                        .orElseThrow()
                        .toString());
    }

    /** Savings round down; a part of a cent is no reason to write. */
    private static PolicyStatus inCents(PolicyStatus status) {
        return new PolicyStatus(
                status.conditions(),
                status.workloads(),
                status.recommendations(),
                status.savingPerMonth().setScale(CENTS, RoundingMode.FLOOR),
                status.currency());
    }

    private Resource<GenericKubernetesResource> object(PolicyId id) {
        var resources = client.genericKubernetesResources(new ResourceDefinitionContext.Builder()
                .withGroup(GROUP)
                .withVersion(VERSION)
                .withKind(id.kind())
                .withPlural(plural(id))
                .withNamespaced(!id.isClusterWide())
                .build());
        return id.isClusterWide()
                ? resources.withName(id.name())
                : resources.inNamespace(id.namespace()).withName(id.name());
    }

    private static String plural(PolicyId id) {
        return id.isClusterWide() ? "clusterscalingpolicies" : "scalingpolicies";
    }

    private static String resource(PolicyId id) {
        return plural(id) + "." + GROUP;
    }

    /** Lets the write under way end, for a few seconds at most. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) thread.shutdownNow();
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
