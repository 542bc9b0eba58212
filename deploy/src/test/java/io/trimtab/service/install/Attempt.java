package io.trimtab.service.install;

import io.trimtab.ingest.model.Mode;
import java.util.List;
import java.util.Optional;

/**
 * One request to the API server.
 *
 * @param from the first mode that may; empty: none
 * @param body empty for a GET
 */
record Attempt(Optional<Mode> from, String method, String path, String body) {
    static Attempt from(Mode mode, String method, String path, String body) {
        return new Attempt(Optional.of(mode), method, path, body);
    }

    static Attempt never(String method, String path, String body) {
        return new Attempt(Optional.empty(), method, path, body);
    }

    String contentType() {
        return method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
    }

    /**
     * All that a mode may write, each once, and what none may; nothing of it stays.
     * @param pod of the Deployment {@code web}
     */
    static List<Attempt> all(String namespace, String pod) {
        String core = "/api/v1/namespaces/" + namespace;
        String apps = "/apis/apps/v1/namespaces/" + namespace;
        String dryRun = "?dryRun=All";
        return List.of(
                from(Mode.RECOMMEND, "PATCH", policy(namespace, "/status"), "{}"),
                from(Mode.RECOMMEND, "PATCH", "/apis/trimtab.io/v1alpha1/clusterscalingpolicies/x/status", "{}"),
                from(Mode.RECOMMEND, "PATCH", scaledObject(namespace, "/status"), "{}"),
                from(Mode.APPLY, "PATCH", apps + "/deployments/web/scale" + dryRun, "{\"spec\":{\"replicas\":4}}"),
                from(Mode.APPLY, "PATCH", apps + "/statefulsets/x/scale" + dryRun, "{\"spec\":{\"replicas\":4}}"),
                from(Mode.APPLY, "PATCH", apps + "/replicasets/x/scale" + dryRun, "{\"spec\":{\"replicas\":4}}"),
                from(Mode.APPLY, "PATCH", core + "/pods/" + pod + "/resize" + dryRun, "{}"),
                from(
                        Mode.APPLY,
                        "PATCH",
                        "/apis/autoscaling/v2/namespaces/" + namespace + "/horizontalpodautoscalers/web" + dryRun,
                        "{}"),
                never("GET", core + "/secrets/x", ""),
                never("GET", core + "/secrets", ""),
                never("GET", core + "/configmaps", ""),
                never("GET", core + "/pods/" + pod + "/log", ""),
                never("POST", core + "/pods" + dryRun, "{\"metadata\":{\"name\":\"x\"}}"),
                never("PATCH", core + "/pods/" + pod + dryRun, "{}"),
                never("DELETE", core + "/pods/" + pod + dryRun, "{}"),
                never("POST", core + "/pods/" + pod + "/eviction" + dryRun, "{\"metadata\":{\"name\":\"x\"}}"),
                never("POST", core + "/pods/" + pod + "/exec", "{}"),
                never("POST", core + "/serviceaccounts/trimtab/token", "{}"),
                never("POST", core + "/events" + dryRun, "{\"metadata\":{\"name\":\"x\"}}"),
                never("PATCH", apps + "/deployments/web" + dryRun, "{}"),
                never("PATCH", apps + "/deployments/web/status" + dryRun, "{}"),
                never("PUT", apps + "/deployments/web/scale" + dryRun, "{}"),
                never("PATCH", apps + "/daemonsets/x" + dryRun, "{}"),
                never("PATCH", "/api/v1/nodes/" + namespace + dryRun, "{}"),
                never("PATCH", "/api/v1/namespaces/" + namespace + dryRun, "{}"),
                never("PATCH", policy(namespace, ""), "{}"),
                never("PATCH", scaledObject(namespace, ""), "{}"),
                never("PATCH", "/apis/rbac.authorization.k8s.io/v1/clusterroles/trimtab" + dryRun, "{}"),
                never("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", "{\"spec\":{\"user\":\"x\"}}"),
                never("POST", "/apis/authentication.k8s.io/v1/tokenreviews", "{\"spec\":{\"token\":\"x\"}}"));
    }

    private static String policy(String namespace, String subresource) {
        return "/apis/trimtab.io/v1alpha1/namespaces/%s/scalingpolicies/x%s".formatted(namespace, subresource);
    }

    private static String scaledObject(String namespace, String subresource) {
        return "/apis/keda.sh/v1alpha1/namespaces/%s/scaledobjects/x%s".formatted(namespace, subresource);
    }
}
