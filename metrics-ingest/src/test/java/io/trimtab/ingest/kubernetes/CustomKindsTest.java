package io.trimtab.ingest.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A client that fails as none should, once. */
class CustomKindsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void afterAFailureThatNobodyExpectedItLooksAgain() throws Exception {
        KubernetesClient client = client();
        InstantSource clock = InstantSource.fixed(NOW);
        var kind = new CustomKind<>(client, VerticalMapping.DEFINITION, clock, VerticalMapping::autoscaler);
        try (var kinds = new CustomKinds(client, clock, Duration.ofMinutes(1), List.of(kind))) {
            kinds.start();
            long giveUp = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (kinds.failure().isEmpty() && System.nanoTime() < giveUp) Thread.sleep(10);
            assertThat(kinds.looked()).isFalse();
            assertThat(kinds.problems(NOW))
                    .singleElement()
                    .asString()
                    .contains("the kinds of autoscaling.k8s.io/v1 cannot be looked up since %s: ".formatted(NOW))
                    .contains("IllegalStateException: nobody expects this");
            while (!kinds.looked() && System.nanoTime() < giveUp) Thread.sleep(10);
            assertThat(kinds.looked()).isTrue();
            assertThat(kinds.failure()).isEmpty();
            assertThat(kinds.hasSynced()).as("the cluster has none of them").isTrue();
        }
    }

    private KubernetesClient client() throws Exception {
        URL address = URI.create("http://cluster/").toURL();
        return (KubernetesClient) Proxy.newProxyInstance(
                KubernetesClient.class.getClassLoader(),
                new Class<?>[] {KubernetesClient.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getMasterUrl" -> address;
                    case "getApiResources" -> {
                        if (asked.getAndIncrement() == 0) throw new IllegalStateException("nobody expects this");
                        yield new APIResourceList();
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
