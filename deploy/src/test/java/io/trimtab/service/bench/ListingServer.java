package io.trimtab.service.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lists a large cluster as an API server does, page by page, in which nothing happens. A real one would take a quarter of an hour to be filled; what is measured
 * here is who reads it.
 */
public final class ListingServer implements AutoCloseable {
    private static final int PAGE = 500;
    private static final Pattern CONTINUE = Pattern.compile("(?:^|&)continue=(\\d+)");
    private static final String VERSION = "{\"major\":\"1\",\"minor\":\"37\",\"gitVersion\":\"v1.37.2\"}";

    private static final List<byte[]> NONE =
            List.of("{\"kind\":\"List\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[]}"
                    .getBytes(StandardCharsets.UTF_8));

    private final Map<String, List<byte[]>> pages = new HashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final long bytes;

    public ListingServer(LargeCluster cluster) throws IOException {
        for (String plural : List.of("namespaces", "nodes", "deployments", "replicasets", "pods"))
            pages.put(plural, pages(cluster.objects(plural).iterator()));
        bytes = pages.values().stream()
                .flatMap(List::stream)
                .mapToLong(page -> page.length)
                .sum();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Of all listings. */
    long bytes() {
        return bytes;
    }

    public Path kubeconfig(Path folder) throws IOException {
        return Files.writeString(
                folder.resolve("kubeconfig"), """
                    apiVersion: v1
                    kind: Config
                    current-context: bench
                    clusters: [{name: bench, cluster: {server: 'http://127.0.0.1:%d'}}]
                    contexts: [{name: bench, context: {cluster: bench, user: bench}}]
                    users: [{name: bench, user: {}}]
                    """.formatted(server.getAddress().getPort()));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        if (path.equals("/version")) {
            send(exchange, VERSION.getBytes(StandardCharsets.UTF_8));
        } else if (!query.contains("watch=true")) {
            Matcher next = CONTINUE.matcher(query);
            int page = next.find() ? Integer.parseInt(next.group(1)) : 0;
            send(
                    exchange,
                    pages.getOrDefault(path.substring(path.lastIndexOf('/') + 1), NONE)
                            .get(page));
        } else if (exchange.getRequestHeaders().containsKey("Upgrade")) {
            // No WebSocket here: then the client asks for a stream.
            send(exchange, new byte[0]);
        } else {
            // The stream stays open without a word.
            exchange.sendResponseHeaders(200, 0);
        }
    }

    private static void send(HttpExchange exchange, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static List<byte[]> pages(Iterator<String> objects) throws IOException {
        List<byte[]> pages = new ArrayList<>();
        while (objects.hasNext()) {
            ByteArrayOutputStream page = new ByteArrayOutputStream();
            page.write("{\"kind\":\"List\",\"apiVersion\":\"v1\",\"items\":[".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < PAGE && objects.hasNext(); i++) {
                if (i > 0) page.write(',');
                page.write(objects.next().getBytes(StandardCharsets.UTF_8));
            }
            String more = objects.hasNext() ? "\"continue\":\"%d\",".formatted(pages.size() + 1) : "";
            page.write("],\"metadata\":{%s\"resourceVersion\":\"1\"}}"
                    .formatted(more)
                    .getBytes(StandardCharsets.UTF_8));
            pages.add(page.toByteArray());
        }
        return pages;
    }
}
