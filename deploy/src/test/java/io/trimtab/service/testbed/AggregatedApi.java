package io.trimtab.service.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** An API group that a process on this machine serves through the API server's aggregator; closing takes it away. */
public final class AggregatedApi implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int TRIES = 600;

    private final KubernetesClient client;
    private final String name;
    private final String service;

    private AggregatedApi(KubernetesClient client, String name, String service) {
        this.client = client;
        this.name = name;
        this.service = service;
    }

    /** Registers it without asking who serves it, and waits until it is available. */
    public static AggregatedApi untrusted(KubernetesClient client, String group, String version, int port) {
        return register(client, group, version, "metrics-server", port, "insecureSkipTLSVerify: true");
    }

    /**
     * Registers it, and waits until it is available.
     *
     * @param service for whose name in the client's namespace the certificate is
     * @param authority of that certificate (PEM)
     */
    public static AggregatedApi trusted(
            KubernetesClient client, String group, String version, String service, int port, String authority) {
        String bundle = Base64.getEncoder().encodeToString(authority.getBytes(StandardCharsets.US_ASCII));
        return register(client, group, version, service, port, "caBundle: " + bundle);
    }

    private static AggregatedApi register(
            KubernetesClient client, String group, String version, String service, int port, String trust) {
        AggregatedApi api = new AggregatedApi(client, version + "." + group, service);
        client.load(new ByteArrayInputStream("""
            apiVersion: v1
            kind: Service
            metadata: {name: %6$s, namespace: %1$s}
            spec: {type: ExternalName, externalName: localhost}
            ---
            apiVersion: apiregistration.k8s.io/v1
            kind: APIService
            metadata: {name: %2$s.%3$s}
            spec:
              group: %3$s
              version: %2$s
              groupPriorityMinimum: 100
              versionPriority: 100
              %5$s
              service: {name: %6$s, namespace: %1$s, port: %4$d}
            """.formatted(client.getNamespace(), version, group, port, trust, service)
                        .getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
        for (int i = 0; !api.isAvailable(); i++) {
            if (i == TRIES) throw new AssertionError(api.name + " is not available after a minute");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        return api;
    }

    private boolean isAvailable() {
        JsonNode found = JSON.valueToTree(client.genericKubernetesResources("apiregistration.k8s.io/v1", "APIService")
                .withName(name)
                .get());
        for (JsonNode condition : found.path("status").path("conditions"))
            if (condition.path("type").asText().equals("Available")
                    && condition.path("status").asText().equals("True")) return true;
        return false;
    }

    @Override
    public void close() {
        client.genericKubernetesResources("apiregistration.k8s.io/v1", "APIService")
                .withName(name)
                .delete();
        client.services().withName(service).delete();
    }
}
