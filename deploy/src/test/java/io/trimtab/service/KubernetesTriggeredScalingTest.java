package io.trimtab.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.IngestException.Kind;
import io.trimtab.ingest.kubernetes.KubernetesTriggeredScaling;
import io.trimtab.ingest.kubernetes.KubernetesTriggeredScaling.Unreadable;
import io.trimtab.ingest.kubernetes.TriggerAuthentications;
import io.trimtab.ingest.model.TriggerSpec.AuthenticationRef;
import io.trimtab.ingest.model.TriggeredScaling;
import io.trimtab.service.testbed.PeerDefinitions;
import io.trimtab.service.testbed.Testbed;
import io.trimtab.service.testbed.WithTestbed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** KEDA's objects, with KEDA's own definitions in a real control plane. */
class KubernetesTriggeredScalingTest {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2030-01-01T00:00:00Z"));
    private final InstantSource clock = now::get;

    private KubernetesClient client;
    private String namespace;
    private PeerDefinitions keda;

    @BeforeEach
    void install(Testbed testbed) throws Exception {
        client = testbed.client();
        namespace = testbed.namespace();
        keda = PeerDefinitions.keda();
        keda.install(client);
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    private KubernetesTriggeredScaling watch(KubernetesClient as) {
        var scaling = new KubernetesTriggeredScaling(as, namespace, clock, LOOK_EVERY);
        scaling.start();
        return scaling;
    }

    private void apply(String kind, String name, String spec) {
        client.resource(Serialization.unmarshal("""
            apiVersion: keda.sh/v1alpha1
            kind: %s
            metadata: {name: %s}
            spec: {%s}
            """.formatted(kind, name, spec), GenericKubernetesResource.class))
                .fieldManager("test")
                .forceConflicts()
                .serverSideApply();
    }

    private void scaledObject(String name, String more) {
        apply(
                "ScaledObject",
                name,
                "scaleTargetRef: {name: web}, triggers: [{type: cron, metadata: {start: 0 6 * * *}}]" + more);
    }

    private static List<TriggeredScaling> own(KubernetesTriggeredScaling scaling, String namespace) {
        return scaling.scalings().stream()
                .filter(it -> it.owner().namespace().equals(namespace))
                .toList();
    }

    @Test
    @WithTestbed
    void followsObjects() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (var scaling = watch(client)) {
            // What earlier tests left is still going away.
            scaling.onChange(owner -> {
                if (owner.namespace().equals(namespace)) heard.add(owner.toString());
            });
            await(scaling::hasSynced, synced -> synced);
            scaledObject("a", ", cooldownPeriod: 60");
            TriggeredScaling added = await(() -> own(scaling, namespace), list -> list.size() == 1)
                    .getFirst();
            assertThat(added.target()).hasToString(namespace + "/Deployment/web");
            assertThat(added.cooldown()).contains(Duration.ofMinutes(1));
            assertThat(added.triggers().getFirst().metadata()).containsEntry("start", "0 6 * * *");
            assertThat(added.notSupported()).isEmpty();
            await(() -> heard, list -> list.equals(List.of(namespace + "/ScaledObject/a")));

            client.genericKubernetesResources("keda.sh/v1alpha1", "ScaledObject")
                    .withName("a")
                    .subresource("status")
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"status\":{\"lastActiveTime\":\"2029-12-31T23:00:00Z\"}}");
            await(() -> own(scaling, namespace).getFirst().lastActive(), seen -> seen.isPresent());
            assertThat(heard).hasSize(1);

            scaledObject("a", ", cooldownPeriod: 90, advanced: {restoreToOriginalReplicaCount: true}");
            TriggeredScaling changed = await(
                            () -> own(scaling, namespace),
                            list -> list.getFirst().cooldown().equals(Optional.of(Duration.ofSeconds(90))))
                    .getFirst();
            assertThat(changed.lastActive()).contains(Instant.parse("2029-12-31T23:00:00Z"));
            assertThat(changed.notSupported())
                    .singleElement()
                    .asString()
                    .startsWith("spec.advanced.restoreToOriginalReplicaCount: ");
            await(() -> heard, list -> list.size() == 2);

            apply(
                    "ScaledObject",
                    "a",
                    "scaleTargetRef: {name: web, kind: Rollout, apiVersion: argoproj.io/v1alpha1}, triggers: [{type:"
                            + " cron, metadata: {}}]");
            Unreadable unreadable =
                    await(scaling::unreadable, list -> list.size() == 1).getFirst();
            assertThat(unreadable.owner()).isEqualTo(added.owner());
            assertThat(unreadable.why())
                    .isEqualTo("spec.scaleTargetRef (Rollout of argoproj.io/v1alpha1) must be a Deployment or a"
                            + " StatefulSet of apps/v1");
            assertThat(own(scaling, namespace)).isEmpty();
            await(() -> heard, list -> list.size() == 3);

            client.genericKubernetesResources("keda.sh/v1alpha1", "ScaledObject")
                    .withName("a")
                    .delete();
            await(scaling::unreadable, List::isEmpty);
            await(() -> heard, list -> list.size() == 4);
            assertThat(scaling.problems()).isEmpty();
        }
    }

    @Test
    @WithTestbed
    void aClusterWithoutTheDefinitionsIsNoProblemAndTheyMayComeLater() throws Exception {
        keda.remove(client);
        try (var scaling = watch(client)) {
            await(scaling::hasSynced, synced -> synced);
            assertThat(scaling.scalings()).isEmpty();
            assertThat(scaling.problems()).isEmpty();

            keda.install(client);
            scaledObject("late", "");
            await(() -> own(scaling, namespace), list -> list.size() == 1);
            await(scaling::problems, List::isEmpty);

            keda.remove(client);
            await(scaling::scalings, List::isEmpty);
            await(scaling::problems, List::isEmpty);
            assertThat(scaling.hasSynced()).isTrue();

            keda.install(client);
            scaledObject("later", "");
            await(() -> own(scaling, namespace), list -> list.size() == 1);
        } finally {
            keda.install(client);
        }
    }

    @Test
    @WithTestbed
    void whatMayNotBeReadIsNamed(Testbed testbed) throws Exception {
        try (KubernetesClient nobody = testbed.asServiceAccount("nobody");
                var scaling = watch(nobody)) {
            await(scaling::hasSynced, synced -> synced);
            List<String> problems = await(scaling::problems, lines -> lines.size() == 3);
            assertThat(problems.getFirst())
                    .contains(": scaledobjects.keda.sh never listed, tried since 2030-01-01T00:00:00Z: ")
                    .endsWith("; grant list and watch on scaledobjects.keda.sh to Trimtab's service account");
            assertThat(failure(scaling.authentications(), new AuthenticationRef("key", false)))
                    .hasMessageContaining(
                            ": TriggerAuthentication %s/key may not be read; grant list and watch on triggerauthentications.keda.sh"
                                    .formatted(namespace));
        }
    }

    @Test
    @WithTestbed
    void resolvesAuthentications() throws Exception {
        try (var scaling = watch(client)) {
            await(scaling::hasSynced, synced -> synced);
            TriggerAuthentications authentications = scaling.authentications();
            var own = new AuthenticationRef("own", false);
            IngestException missing = failure(authentications, own);
            assertThat(missing.kind()).isEqualTo(Kind.REJECTED);
            assertThat(missing)
                    .hasMessageEndingWith(
                            ": TriggerAuthentication %s/own does not exist; create it, or correct authenticationRef"
                                    .formatted(namespace));

            apply(
                    "TriggerAuthentication",
                    "own",
                    "secretTargetRef: [{parameter: bearerToken, name: token, key: value}], configMapTargetRef:"
                            + " [{parameter: ca, name: authority, key: pem}]");
            config("authority", "pem", "a certificate");
            await(
                    () -> failure(authentications, own).getMessage(),
                    words -> words.endsWith(
                            ": Secret %s/token does not exist; create it, or correct the TriggerAuthentication"
                                    .formatted(namespace)));
            secret("token", "other", "hush");
            now.updateAndGet(it -> it.plusSeconds(6));
            assertThat(failure(authentications, own))
                    .hasMessageEndingWith(
                            ": Secret %s/token has no key value; add it, or correct the TriggerAuthentication"
                                    .formatted(namespace));
            secret("token", "value", "first");
            authentications.forget(own, namespace);
            assertThat(authentications.resolve(own, namespace))
                    .isEqualTo(Map.of("bearerToken", "first", "ca", "a certificate"));

            secret("token", "value", "second");
            now.updateAndGet(it -> it.plusSeconds(29));
            assertThat(authentications.resolve(own, namespace)).containsEntry("bearerToken", "first");
            authentications.forget(own, namespace);
            assertThat(authentications.resolve(own, namespace)).containsEntry("bearerToken", "second");
            secret("token", "value", "third");
            now.updateAndGet(it -> it.plusSeconds(31));
            assertThat(authentications.resolve(own, namespace)).containsEntry("bearerToken", "third");

            String name = namespace + "-cluster";
            apply(
                    "ClusterTriggerAuthentication",
                    name,
                    "secretTargetRef: [{parameter: apiKey, name: token, key: value}]");
            try {
                var cluster = new AuthenticationRef(name, true);
                await(
                        () -> resolved(authentications, cluster, "elsewhere"),
                        it -> it.equals(Map.of("apiKey", "third")));
            } finally {
                client.genericKubernetesResources("keda.sh/v1alpha1", "ClusterTriggerAuthentication")
                        .withName(name)
                        .delete();
            }

            apply("TriggerAuthentication", "env", "env: [{parameter: apiKey, name: KEY}]");
            await(
                    () -> failure(authentications, new AuthenticationRef("env", false)),
                    e -> e.kind() == Kind.MALFORMED
                            && String.valueOf(e.getMessage())
                                    .endsWith(
                                            ": TriggerAuthentication %s/env: spec.env: not supported yet; use secretTargetRef or configMapTargetRef"
                                                    .formatted(namespace)));
        }
    }

    @Test
    @WithTestbed
    void aSecretThatMayNotBeReadNamesTheRoleToMake(Testbed testbed) throws Exception {
        apply("TriggerAuthentication", "own", "secretTargetRef: [{parameter: bearerToken, name: token, key: value}]");
        secret("token", "value", "hush");
        String reader = namespace + "-keda-reader";
        client.resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName(reader)
                        .endMetadata()
                        .addNewRule()
                        .addToApiGroups("keda.sh")
                        .addToResources("scaledobjects", "triggerauthentications", "clustertriggerauthentications")
                        .addToVerbs("list", "watch")
                        .endRule()
                        .build())
                .create();
        client.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(reader)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", reader)
                        .addNewSubject("", "ServiceAccount", "trimtab", namespace)
                        .build())
                .create();
        try (KubernetesClient trimtab = testbed.asServiceAccount("trimtab");
                var scaling = watch(trimtab)) {
            await(scaling::hasSynced, synced -> synced);
            await(scaling::problems, List::isEmpty);
            var own = new AuthenticationRef("own", false);
            IngestException forbidden = failure(scaling.authentications(), own);
            assertThat(forbidden.kind()).isEqualTo(Kind.REJECTED);
            assertThat(forbidden)
                    .hasMessageEndingWith(
                            ": Secret %s/token may not be read; create a Role in %s that allows get on secrets, and bind it to Trimtab's service account"
                                    .formatted(namespace, namespace));
            allowGetOnSecrets();
            await(
                    () -> {
                        now.updateAndGet(it -> it.plusSeconds(6));
                        return resolved(scaling.authentications(), own, namespace);
                    },
                    it -> it.equals(Map.of("bearerToken", "hush")));
        } finally {
            client.rbac().clusterRoleBindings().withName(reader).delete();
            client.rbac().clusterRoles().withName(reader).delete();
        }
    }

    private void allowGetOnSecrets() {
        client.resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName("secrets")
                        .endMetadata()
                        .addNewRule()
                        .addToApiGroups("")
                        .addToResources("secrets")
                        .addToVerbs("get")
                        .endRule()
                        .build())
                .create();
        client.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName("secrets")
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", "secrets")
                        .addNewSubject("", "ServiceAccount", "trimtab", namespace)
                        .build())
                .create();
    }

    private void secret(String name, String key, String value) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .addToStringData(key, value)
                        .build())
                .createOr(existing -> existing.update());
    }

    private void config(String name, String key, String value) {
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .addToData(key, value)
                        .build())
                .create();
    }

    private IngestException failure(TriggerAuthentications authentications, AuthenticationRef reference) {
        return catchThrowableOfType(IngestException.class, () -> authentications.resolve(reference, namespace));
    }

    /** Empty while it fails. */
    private static Map<String, String> resolved(
            TriggerAuthentications authentications, AuthenticationRef reference, String namespace) {
        try {
            return authentications.resolve(reference, namespace);
        } catch (IngestException e) {
            return Map.of();
        }
    }

    /** Asks until the answer is as it should be, 20 s at most; then the last answer fails the test. */
    private static <A> A await(Callable<A> question, Predicate<A> enough) throws Exception {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        A answer = question.call();
        while (!enough.test(answer) && System.nanoTime() < giveUp) {
            Thread.sleep(50);
            answer = question.call();
        }
        assertThat(answer).matches(enough);
        return answer;
    }
}
