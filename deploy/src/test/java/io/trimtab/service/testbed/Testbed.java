package io.trimtab.service.testbed;

import io.fabric8.kubernetes.api.model.AuthInfoBuilder;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A namespace of its own in a real control plane. Closing removes the namespace and the nodes that were added here; the extension does so.
 *
 * @param kubeconfig an administrator's, with this namespace as the default; for programs that are started by a test
 * @param namespace exists and had nothing in it
 */
public record Testbed(Path kubeconfig, String namespace) implements AutoCloseable {
    private static final String ADDED_BY = "testbed.trimtab.io/namespace";

    /** Makes the namespace, and its kubeconfig beside the given one. */
    static Testbed open(Path administrator, String namespace) throws IOException {
        Config config = Serialization.unmarshal(Files.readString(administrator), Config.class);
        config.getContexts().forEach(context -> context.getContext().setNamespace(namespace));
        Path kubeconfig = administrator.resolveSibling("kubeconfig-" + namespace);
        Files.writeString(kubeconfig, Serialization.asYaml(config));
        Testbed testbed = new Testbed(kubeconfig, namespace);
        try (KubernetesClient client = testbed.client()) {
            client.namespaces()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespace)
                            .endMetadata()
                            .build())
                    .create();
        }
        return testbed;
    }

    /** A new client of this namespace with an administrator's rights; the caller closes it. */
    public KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(io.fabric8.kubernetes.client.Config.fromKubeconfig(kubeconfig.toFile()))
                .build();
    }

    /** Lets a service account of this namespace do in it what a cluster role says. */
    public void grant(String account, String clusterRole) {
        try (KubernetesClient client = client()) {
            client.rbac()
                    .roleBindings()
                    .resource(new RoleBindingBuilder()
                            .withNewMetadata()
                            .withName(account)
                            .endMetadata()
                            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", clusterRole)
                            .addNewSubject("", "ServiceAccount", account, namespace)
                            .build())
                    .create();
        }
    }

    /** A new client with the token of a new service account of this namespace, and nothing more; the caller closes it. */
    public KubernetesClient asServiceAccount(String name) {
        try (KubernetesClient client = client()) {
            client.serviceAccounts()
                    .resource(new ServiceAccountBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .create();
            return new KubernetesClientBuilder()
                    .withConfig(new ConfigBuilder(client.getConfiguration())
                            .withOauthToken(token(client, name))
                            .withAutoOAuthToken(null)
                            .build())
                    .build();
        }
    }

    /** A kubeconfig with the token of a service account that this namespace has, and nothing more; for programs that are started by a test. */
    public Path kubeconfigOf(String serviceAccount) throws IOException {
        Config config = Serialization.unmarshal(Files.readString(kubeconfig), Config.class);
        try (KubernetesClient client = client()) {
            config.getUsers()
                    .forEach(user -> user.setUser(new AuthInfoBuilder()
                            .withToken(token(client, serviceAccount))
                            .build()));
        }
        Path file = kubeconfig.resolveSibling("kubeconfig-" + namespace + "-" + serviceAccount);
        return Files.writeString(file, Serialization.asYaml(config));
    }

    private static String token(KubernetesClient client, String serviceAccount) {
        return client.serviceAccounts()
                .withName(serviceAccount)
                .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
                .getStatus()
                .getToken();
    }

    /** Adds an amd64 Linux node that becomes Ready by itself and runs what the scheduler gives it. Its name must be unused. */
    public Node addNode(String name, String cpu, String memory, Map<String, String> labels) {
        Map<String, Quantity> capacity =
                Map.of("cpu", new Quantity(cpu), "memory", new Quantity(memory), "pods", new Quantity("110"));
        Node node = new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToAnnotations("kwok.x-k8s.io/node", "fake")
                .addToLabels("kubernetes.io/hostname", name)
                .addToLabels("kubernetes.io/os", "linux")
                .addToLabels("kubernetes.io/arch", "amd64")
                .addToLabels(ADDED_BY, namespace)
                .addToLabels(labels)
                .endMetadata()
                .withNewStatus()
                .withCapacity(capacity)
                .withAllocatable(capacity)
                .endStatus()
                .build();
        try (KubernetesClient client = client()) {
            return client.nodes().resource(node).create();
        }
    }

    /**
     * Deletes the namespace and the added nodes; returns when pods, what makes pods, and nodes are gone. The empty namespace follows some
     * seconds later: the namespace controller waits 5 s before it begins, and tests need not.
     */
    @Override
    public void close() {
        try (KubernetesClient client = client()) {
            // First, because nothing can be created in a namespace that is being deleted.
            client.namespaces().withName(namespace).delete();
            client.apps().deployments().delete();
            client.apps().statefulSets().delete();
            client.apps().daemonSets().delete();
            client.apps().replicaSets().delete();
            client.batch().v1().cronjobs().delete();
            client.batch().v1().jobs().delete();
            client.pods().withTimeout(30, TimeUnit.SECONDS).delete();
            client.nodes()
                    .withLabel(ADDED_BY, namespace)
                    .withTimeout(30, TimeUnit.SECONDS)
                    .delete();
        }
    }
}
