package io.trimtab.service.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * An API server as far as informers need one: it lists so many pods, page by page, and no other object, and its watches tell nothing. Ten pods are of one
 * workload, a hundred workloads of one namespace, thirty pods of one node; each has two containers, of which one is a sidecar, and the labels, annotations,
 * variables, conditions and demands on nodes that pods of a cluster with a mesh have.
 */
final class PodListings implements AutoCloseable {
    private static final int PODS_OF_A_WORKLOAD = 10;
    private static final int PODS_OF_A_NAMESPACE = 1_000;
    private static final int PODS_OF_A_NODE = 30;
    private static final String NOTHING =
            "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[]}";

    private final HttpServer server;
    private final int pods;
    private final CountDownLatch closed = new CountDownLatch(1);

    PodListings(int pods) throws IOException {
        this.pods = pods;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Map<String, String> query = query(exchange);
            if (query.containsKey("watch")) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().flush();
                closed.await();
            } else if (path.equals("/api/v1/pods")) {
                reply(exchange, 200, page(Integer.parseInt(query.getOrDefault("continue", "0")), query));
            } else if (path.matches("/apis/[^/]+/[^/]+")) {
                reply(exchange, 404, "{}"); // no custom kinds
            } else {
                reply(exchange, 200, path.equals("/version") ? "{\"major\":\"1\",\"minor\":\"37\"}" : NOTHING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void reply(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream to = exchange.getResponseBody()) {
            to.write(body);
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        String raw = exchange.getRequestURI().getRawQuery();
        return raw == null
                ? Map.of()
                : Arrays.stream(raw.split("&"))
                        .map(pair -> pair.split("=", 2))
                        .collect(Collectors.toMap(
                                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private String page(int from, Map<String, String> query) {
        int to = Math.min(pods, from + Integer.parseInt(query.getOrDefault("limit", String.valueOf(pods))));
        StringBuilder json = new StringBuilder(
                "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"1\"");
        if (to < pods) json.append(",\"continue\":\"").append(to).append('"');
        json.append("},\"items\":[");
        for (int i = from; i < to; i++) json.append(i == from ? "" : ",").append(pod(i));
        return json.append("]}").toString();
    }

    private static String pod(int i) {
        String workload = "service-" + i / PODS_OF_A_WORKLOAD;
        String hash = Integer.toString(0x10000 + i / PODS_OF_A_WORKLOAD, 36);
        return TEMPLATE.replace("%NAMESPACE%", "team-" + i / PODS_OF_A_NAMESPACE)
                .replace("%WORKLOAD%", workload)
                .replace("%SET%", workload + "-" + hash)
                .replace("%HASH%", hash)
                .replace("%POD%", workload + "-" + hash + "-" + Integer.toString(0x10000 + i, 36))
                .replace("%NODE%", "node-" + i / PODS_OF_A_NODE)
                .replace("%NUMBER%", String.valueOf(i))
                .replace("%IP%", "10.%d.%d.%d".formatted(i >> 16 & 255, i >> 8 & 255, i & 255));
    }

    private static final String TEMPLATE = """
        {"metadata":{"name":"%POD%","generateName":"%SET%-","namespace":"%NAMESPACE%","uid":"5f3c6a0e-0000-4000-8000-%NUMBER%","resourceVersion":"%NUMBER%",
        "creationTimestamp":"2026-11-24T10:00:00Z",
        "labels":{"app":"%WORKLOAD%","app.kubernetes.io/name":"%WORKLOAD%","app.kubernetes.io/part-of":"%NAMESPACE%","app.kubernetes.io/version":"1.42.0",
        "pod-template-hash":"%HASH%","team":"%NAMESPACE%","security.istio.io/tlsMode":"istio"},
        "annotations":{"cni.projectcalico.org/podIP":"%IP%/32","kubectl.kubernetes.io/restartedAt":"2026-11-24T10:00:00Z","prometheus.io/scrape":"true",
        "prometheus.io/port":"8080","sidecar.istio.io/status":"{\\"initContainers\\":[\\"istio-init\\"],\\"containers\\":[\\"istio-proxy\\"]}"},
        "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"%SET%","uid":"u-%SET%","controller":true,"blockOwnerDeletion":true}]},
        "spec":{"nodeName":"%NODE%","restartPolicy":"Always","serviceAccountName":"%WORKLOAD%","nodeSelector":{"kubernetes.io/os":"linux"},
        "affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"kubernetes.io/arch","operator":"In","values":["amd64","arm64"]}]}]}},
        "podAntiAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[{"weight":100,"podAffinityTerm":{"topologyKey":"kubernetes.io/hostname","labelSelector":{"matchLabels":{"app":"%WORKLOAD%"}}}}]}},
        "tolerations":[{"key":"dedicated","operator":"Equal","value":"%NAMESPACE%","effect":"NoSchedule"},
        {"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute","tolerationSeconds":300},{"key":"node.kubernetes.io/unreachable","operator":"Exists","effect":"NoExecute","tolerationSeconds":300}],
        "initContainers":[{"name":"istio-init","image":"registry.example.com/istio-proxy:1.30.0","resources":{"requests":{"cpu":"10m","memory":"40Mi"},"limits":{"cpu":"2","memory":"1Gi"}}}],
        "containers":[{"name":"app","image":"registry.example.com/%NAMESPACE%/%WORKLOAD%:1.42.0",
        "env":[{"name":"JAVA_TOOL_OPTIONS","value":"-XX:MaxRAMPercentage=75"},{"name":"LOG_LEVEL","value":"info"},{"name":"POD_IP","value":"%IP%"}],
        "resources":{"requests":{"cpu":"500m","memory":"1Gi"},"limits":{"memory":"2Gi"}},"ports":[{"containerPort":8080}]},
        {"name":"istio-proxy","image":"registry.example.com/istio-proxy:1.30.0","resources":{"requests":{"cpu":"100m","memory":"128Mi"},"limits":{"cpu":"2","memory":"1Gi"}}}],
        "volumes":[{"name":"tmp","emptyDir":{}}]},
        "status":{"phase":"Running","podIP":"%IP%","startTime":"2026-11-24T10:00:05Z",
        "conditions":[{"type":"Ready","status":"True","lastTransitionTime":"2026-11-24T10:00:30Z"},{"type":"PodScheduled","status":"True","lastTransitionTime":"2026-11-24T10:00:01Z"}],
        "containerStatuses":[
        {"name":"app","image":"a","imageID":"a","ready":true,"restartCount":0,"resources":{"requests":{"cpu":"500m","memory":"1Gi"},"limits":{"memory":"2Gi"}},"state":{"running":{"startedAt":"2026-11-24T10:00:10Z"}}},
        {"name":"istio-proxy","image":"p","imageID":"p","ready":true,"restartCount":0,"state":{"running":{"startedAt":"2026-11-24T10:00:10Z"}}}]}}\
        """;

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
