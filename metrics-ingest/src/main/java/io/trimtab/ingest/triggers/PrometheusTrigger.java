package io.trimtab.ingest.triggers;

import io.trimtab.ingest.model.TriggerSpec;
import java.math.BigDecimal;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code prometheus}: the one number that an instant query gives.
 *
 * @see "kedacore/keda v2.21.0, pkg/scalers/prometheus_scaler.go"
 */
final class PrometheusTrigger implements TriggerType {
    private static final Set<String> MODES = Set.of("basic", "bearer", "custom", "tls");
    private static final Map<String, String> NOT_READ = Map.of(
            "awsRegion", "not read yet; requests are not signed for AWS",
            "identityOwner", "not read yet; requests carry no identity of a cloud");

    private final HttpSources http;

    PrometheusTrigger(HttpSources http) {
        this.http = http;
    }

    @Override
    public String name() {
        return "prometheus";
    }

    @Override
    public Trigger open(TriggerSpec spec, String namespace, Map<String, String> authentication) {
        Parameters parameters = new Parameters(spec, authentication);
        Credentials credentials = Credentials.read(parameters, MODES, parameters.flag("unsafeSsl", false));
        String base = base(parameters);
        Map<String, String> query = new LinkedHashMap<>();
        query.put("query", parameters.required("query"));
        parameters.text("namespace").ifPresent(text -> query.put("namespace", text));
        query.putAll(parameters.pairs("queryParameters"));
        query.putAll(credentials.query());
        HttpGet get = new HttpGet(
                base,
                URI.create(base + "/api/v1/query?" + HttpGet.query(query)),
                parameters.pairs("customHeaders"),
                credentials,
                parameters.timeout("timeout"));
        get.check();
        var reader = new PrometheusReader(http, get, parameters.flag("ignoreNullValues", true));
        BigDecimal threshold = parameters.threshold("threshold");
        BigDecimal activation = parameters.number("activationThreshold", BigDecimal.ZERO);
        List<String> notRead = parameters.notRead(NOT_READ);
        return new Trigger(threshold, activation, parameters.metricType(), reader, notRead);
    }

    private static String base(Parameters parameters) {
        URI uri = HttpGet.address(parameters, "serverAddress");
        String base = uri.toString().replaceAll("/+$", "");
        if (uri.getRawQuery() != null || uri.getRawFragment() != null)
            throw parameters.wrong(
                    "serverAddress",
                    base.replaceAll("[?#].*", ""),
                    "without what follows ? or #; give parameters as queryParameters");
        return base;
    }
}
