package io.trimtab.ingest.triggers;

import io.trimtab.ingest.model.TriggerSpec;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code metrics-api}: a number out of any JSON or YAML that a URL gives.
 *
 * @see "kedacore/keda v2.21.0, pkg/scalers/metrics_api_scaler.go"
 */
final class MetricsApiTrigger implements TriggerType {
    private static final Set<String> MODES = Set.of("apiKey", "basic", "bearer", "tls");
    private static final Map<String, String> NOT_READ =
            Map.of("aggregationType", "not used; one address is read, so there is nothing to aggregate");

    private final HttpSources http;

    MetricsApiTrigger(HttpSources http) {
        this.http = http;
    }

    @Override
    public String name() {
        return "metrics-api";
    }

    @Override
    public Trigger open(TriggerSpec spec, String namespace, Map<String, String> authentication) {
        Parameters parameters = new Parameters(spec, authentication);
        Credentials credentials = Credentials.read(parameters, MODES, parameters.flag("unsafeSsl", false));
        if (parameters.flag("aggregateFromKubeServiceEndpoints", false))
            throw parameters.wrong(
                    "aggregateFromKubeServiceEndpoints",
                    "true",
                    "false; only the one address of metadata.url is read, asking each endpoint is not supported yet");
        URI url = HttpGet.address(parameters, "url");
        String source = url.toString().replaceAll("[?#].*", "");
        HttpGet get = new HttpGet(
                source, withQuery(url, credentials.query()), Map.of(), credentials, parameters.timeout("timeout"));
        get.check();
        var format = MetricsApiReader.Format.read(parameters);
        var reader = new MetricsApiReader(http, get, format, format.location(parameters));
        BigDecimal threshold = parameters.threshold("targetValue");
        BigDecimal activation = parameters.number("activationTargetValue", BigDecimal.ZERO);
        List<String> notRead = parameters.notRead(NOT_READ);
        return new Trigger(threshold, activation, parameters.metricType(), reader, notRead);
    }

    /** The fragment stays here: it is not sent. */
    private static URI withQuery(URI url, Map<String, String> more) {
        String address = url.toString().replaceAll("#.*", "");
        if (more.isEmpty()) return URI.create(address);
        return URI.create(address + (url.getRawQuery() == null ? "?" : "&") + HttpGet.query(more));
    }
}
