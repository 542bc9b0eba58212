package io.trimtab.service.testbed;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/** Answers GETs by HTTPS, with a certificate that nobody knows, with JSON that a function gives, or with 404. */
public final class JsonServer implements AutoCloseable {
    private final WireMockServer server;

    private JsonServer(WireMockServer server) {
        this.server = server;
    }

    /** @param answers the document for a path with its query, as it is asked for; called by several threads at once */
    public static JsonServer start(Function<URI, Optional<String>> answers) {
        WireMockServer server = new WireMockServer(WireMockConfiguration.options()
                .dynamicPort()
                .dynamicHttpsPort()
                .containerThreads(40)
                .disableRequestJournal()
                .extensions(new Answering(answers)));
        server.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.ok()));
        server.start();
        return new JsonServer(server);
    }

    public int port() {
        return server.httpsPort();
    }

    @Override
    public void close() {
        server.stop();
    }

    private record Answering(Function<URI, Optional<String>> answers) implements ResponseTransformerV2 {
        @Override
        public String getName() {
            return "answers";
        }

        @Override
        public Response transform(Response response, ServeEvent event) {
            Optional<String> document =
                    answers.apply(URI.create(event.getRequest().getUrl()));
            return Response.Builder.like(response)
                    .but()
                    .status(document.isPresent() ? 200 : 404)
                    .headers(new HttpHeaders(HttpHeader.httpHeader("Content-Type", "application/json")))
                    .body(document.orElse(
                            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":404,\"reason\":\"NotFound\",\"message\":\"there"
                                + " is no value\"}"))
                    .build();
        }
    }
}
