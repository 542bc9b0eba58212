package io.trimtab.ingest.kubernetes;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.IngestException.Kind;
import io.trimtab.ingest.kubernetes.AuthenticationMapping.Authentication;
import io.trimtab.ingest.kubernetes.AuthenticationMapping.Source;
import io.trimtab.ingest.model.TriggerSpec.AuthenticationRef;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that triggers authenticate with. Secrets and ConfigMaps are read one by one when they are asked for, never listed, and remembered for
 * 30 s; what could not be read is asked for again after 5 s. A ClusterTriggerAuthentication's are those of Trimtab's own namespace.
 */
public final class TriggerAuthentications {
    private static final Duration REMEMBERED = Duration.ofSeconds(30);
    private static final Duration FAILURE_REMEMBERED = Duration.ofSeconds(5);

    /** Characters of values, so that some large Secrets do not take the memory of many small ones. */
    private static final long MOST_REMEMBERED = 32L << 20;

    private static final int WEIGHT_OF_AN_ENTRY = 200;

    private record Address(boolean secret, String namespace, String name) {
        /** {@code Secret shop/database}. */
        @Override
        public String toString() {
            return "%s %s/%s".formatted(secret ? "Secret" : "ConfigMap", namespace, name);
        }
    }

    /** What was read, or why not. */
    private record Content(Map<String, String> values, Optional<IngestException> failure) {
        int weight() {
            return WEIGHT_OF_AN_ENTRY
                    + values.values().stream().mapToInt(String::length).sum();
        }

        Duration remembered() {
            return failure.isPresent() ? FAILURE_REMEMBERED : REMEMBERED;
        }
    }

    private final KubernetesClient client;
    private final String server;
    private final String ownNamespace;
    private final CustomKind<Authentication> ofNamespaces;
    private final CustomKind<Authentication> ofCluster;
    private final LoadingCache<Address, Content> contents;

    TriggerAuthentications(
            KubernetesClient client,
            String ownNamespace,
            CustomKind<Authentication> ofNamespaces,
            CustomKind<Authentication> ofCluster,
            InstantSource clock) {
        this.client = client;
        this.server = client.getMasterUrl().toString().replaceAll("/+$", "");
        this.ownNamespace = ownNamespace;
        this.ofNamespaces = ofNamespaces;
        this.ofCluster = ofCluster;
        this.contents = Caffeine.newBuilder()
                .maximumWeight(MOST_REMEMBERED)
                .weigher((Address address, Content content) -> content.weight())
                .expireAfter(Expiry.creating((Address address, Content content) -> content.remembered()))
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build(this::read);
    }

    /**
     * @param namespace of the object whose trigger refers to it
     * @return by the names that trigger types know them by, such as {@code bearerToken}
     * @throws IngestException if it, or a Secret or ConfigMap or key that it names, is missing or may not be read, or if it asks for what is not
     *     supported; the message never has a value in it
     */
    public Map<String, String> resolve(AuthenticationRef reference, String namespace) throws IngestException {
        Authentication authentication = find(reference, namespace);
        if (!authentication.notSupported().isEmpty())
            throw failure(
                    Kind.MALFORMED,
                    "%s: %s"
                            .formatted(
                                    words(reference, namespace),
                                    authentication.notSupported().getFirst()),
                    "use secretTargetRef or configMapTargetRef",
                    null);
        String from = reference.cluster() ? ownNamespace : namespace;
        Map<String, String> parameters = new HashMap<>();
        for (Source source : authentication.configMaps())
            parameters.put(source.parameter(), value(new Address(false, from, source.name()), source.key()));
        for (Source source : authentication.secrets())
            parameters.put(source.parameter(), value(new Address(true, from, source.name()), source.key()));
        return Map.copyOf(parameters);
    }

    /** Makes the next {@link #resolve} read its Secrets and ConfigMaps anew: a source that refuses has perhaps seen them change. */
    public void forget(AuthenticationRef reference, String namespace) {
        String from = reference.cluster() ? ownNamespace : namespace;
        lookUp(reference, namespace).stream()
                .flatMap(it -> Stream.concat(
                        it.configMaps().stream().map(source -> new Address(false, from, source.name())),
                        it.secrets().stream().map(source -> new Address(true, from, source.name()))))
                .forEach(contents::invalidate);
    }

    private Optional<Authentication> lookUp(AuthenticationRef reference, String namespace) {
        return reference.cluster()
                ? ofCluster.record("", reference.name())
                : ofNamespaces.record(namespace, reference.name());
    }

    private Authentication find(AuthenticationRef reference, String namespace) throws IngestException {
        CustomKind<Authentication> kind = reference.cluster() ? ofCluster : ofNamespaces;
        String words = words(reference, namespace);
        Optional<String> complaint = kind.unreadable(reference.cluster() ? "" : namespace, reference.name());
        if (complaint.isPresent())
            throw failure(Kind.MALFORMED, "%s: %s".formatted(words, complaint.get()), "correct the object", null);
        Optional<Authentication> found = lookUp(reference, namespace);
        if (found.isPresent()) return found.get();
        if (kind.isForbidden())
            throw failure(
                    Kind.REJECTED,
                    "%s may not be read".formatted(words),
                    "grant list and watch on %s to Trimtab's service account".formatted(kind.resources()),
                    null);
        if (!kind.hasSynced())
            throw failure(Kind.UNREACHABLE, "%s is not known yet".formatted(words), "wait a few seconds", null);
        throw failure(
                Kind.REJECTED, "%s does not exist".formatted(words), "create it, or correct authenticationRef", null);
    }

    private static String words(AuthenticationRef reference, String namespace) {
        return reference.cluster()
                ? "%s %s".formatted(AuthenticationMapping.CLUSTER_KIND, reference.name())
                : "%s %s/%s".formatted(AuthenticationMapping.KIND, namespace, reference.name());
    }

    private String value(Address address, String key) throws IngestException {
        Content content = contents.get(address);
        if (content.failure().isPresent()) {
            IngestException failure = content.failure().get();
            throw new IngestException(failure.kind(), String.valueOf(failure.getMessage()), failure);
        }
        String value = content.values().get(key);
        if (value == null)
            throw failure(
                    Kind.REJECTED,
                    "%s has no key %s".formatted(address, key),
                    "add it, or correct the TriggerAuthentication",
                    null);
        return value;
    }

    private Content read(Address address) {
        try {
            Optional<Map<String, String>> values = address.secret() ? secret(address) : configMap(address);
            if (values.isPresent()) return new Content(values.get(), Optional.empty());
            return failed(failure(
                    Kind.REJECTED,
                    "%s does not exist".formatted(address),
                    "create it, or correct the TriggerAuthentication",
                    null));
        } catch (KubernetesClientException e) {
            return failed(refused(address, e));
        }
    }

    private static Content failed(IngestException failure) {
        return new Content(Map.of(), Optional.of(failure));
    }

    private IngestException refused(Address address, KubernetesClientException e) {
        if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
            String resources = address.secret() ? "secrets" : "configmaps";
            return failure(
                    Kind.REJECTED,
                    "%s may not be read".formatted(address),
                    "create a Role in %s that allows get on %s, and bind it to Trimtab's service account"
                            .formatted(address.namespace(), resources),
                    e);
        }
        boolean answered = e.getCode() >= 400 && e.getCode() < 500;
        return failure(
                answered ? Kind.REJECTED : Kind.UNREACHABLE,
                "%s cannot be read: %s".formatted(address, KubernetesInventory.deepest(e)),
                "check the API server and the network policy",
                e);
    }

    private Optional<Map<String, String>> secret(Address address) {
        Optional<Secret> secret = Optional.ofNullable(client.secrets()
                .inNamespace(address.namespace())
                .withName(address.name())
                .get());
        return secret.map(found -> {
            Map<String, String> values = new HashMap<>();
            PodMapping.orEmpty(found.getData())
                    .forEach((key, value) ->
                            values.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
            return values;
        });
    }

    private Optional<Map<String, String>> configMap(Address address) {
        Optional<ConfigMap> configMap = Optional.ofNullable(client.configMaps()
                .inNamespace(address.namespace())
                .withName(address.name())
                .get());
        return configMap.map(found -> PodMapping.orEmpty(found.getData()));
    }

    private IngestException failure(Kind kind, String what, String next, @Nullable Throwable cause) {
        return new IngestException(kind, "Kubernetes at %s: %s; %s".formatted(server, what, next), cause);
    }
}
