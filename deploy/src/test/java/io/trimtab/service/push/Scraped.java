package io.trimtab.service.push;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Something to scrape: what a kubelet and a kube-state-metrics show of one container that uses a quarter of a core and 64 MiB, among metrics that nobody here
 * needs.
 */
final class Scraped implements AutoCloseable {
    static final double CORES = 0.25;
    static final double MEMORY_BYTES = 64 << 20;

    private final HttpServer server;
    private final Instant start = InstantSource.system().instant();

    Scraped() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            byte[] body = text().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private String text() {
        double seconds = (InstantSource.system().instant().toEpochMilli() - start.toEpochMilli()) / 1000.0 * CORES;
        String labels =
                "container=\"app\",id=\"/kubepods/1\",image=\"web\",name=\"c1\",namespace=\"shop\",pod=\"web-0\"";
        return """
            # TYPE container_cpu_usage_seconds_total counter
            container_cpu_usage_seconds_total{%1$s} %2$f
            # TYPE container_memory_working_set_bytes gauge
            container_memory_working_set_bytes{%1$s} %3$f
            # TYPE container_network_receive_bytes_total counter
            container_network_receive_bytes_total{interface="eth0",namespace="shop",pod="web-0"} 12
            # TYPE request_seconds histogram
            request_seconds_bucket{le="1"} 1
            request_seconds_bucket{le="+Inf"} 2
            request_seconds_sum 3
            request_seconds_count 2
            """.formatted(labels, seconds, MEMORY_BYTES);
    }
}
