package io.trimtab.service.loop;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.ingest.remotewrite.ReplicaElection;
import io.trimtab.ingest.remotewrite.ReplicaLabels;
import io.trimtab.service.account.CostAccount;
import io.trimtab.service.budget.BudgetDesk;
import io.trimtab.service.config.SenderToken;
import io.trimtab.service.config.SenderTokens;
import io.trimtab.service.kubeapi.KubeApi;
import io.trimtab.service.opencost.OpenCostPort;
import io.trimtab.service.push.BodyBudget;
import io.trimtab.service.push.OtlpDoor;
import io.trimtab.service.push.OtlpMetrics;
import io.trimtab.service.push.RemoteWriteDoor;
import io.trimtab.service.push.RemoteWriteMetrics;
import io.trimtab.service.view.Views;
import io.trimtab.service.zero.Wakes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The service's server over views that a test has made. */
final class ViewsServer implements AutoCloseable {
    private final ApplicationContext context;
    private final EmbeddedServer server;

    ViewsServer(Views views, SelfMetrics metrics) {
        CostAccount account = CostAccount.off("no account is kept here", InstantSource.system());
        context = ApplicationContext.builder()
                .properties(Map.of("micronaut.server.port", -1, "micronaut.server.host", "127.0.0.1"))
                .singletons(
                        views,
                        metrics,
                        account,
                        new BudgetDesk(account, List::of, _ -> {}),
                        Wakes.NOBODY,
                        new SenderTokens(
                                new SenderToken("--events-token-file", Optional.empty()),
                                new SenderToken("--write-token-file", Optional.empty())),
                        new RemoteWriteDoor(
                                Optional.empty(),
                                new RemoteWriteMetrics(
                                        metrics.registry(),
                                        PushedSamples.inHalfOf(0),
                                        new ReplicaElection(ReplicaLabels.USUAL)),
                                RemoteWriteDoor.USUAL_DEADLINE),
                        new OtlpDoor(
                                Optional.empty(), new OtlpMetrics(metrics.registry()), RemoteWriteDoor.USUAL_DEADLINE),
                        new BodyBudget(1 << 20))
                .banner(false)
                .beansPredicate(bean -> !KubeApi.owns(bean.getBeanType()) && !OpenCostPort.owns(bean.getBeanType()))
                .start();
        server = context.getBean(EmbeddedServer.class).start();
    }

    HttpResponse<String> get(String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getPort() + path))
                    .build();
            return client.send(request, BodyHandlers.ofString());
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
