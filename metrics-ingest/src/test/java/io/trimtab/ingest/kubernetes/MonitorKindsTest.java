package io.trimtab.ingest.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import io.trimtab.ingest.model.ScrapeMonitor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The workload's pods are in the namespace {@code shop} with the labels {@code app: web, tier: front}. */
class MonitorKindsTest {
    private static final List<Map<String, String>> PODS = List.of(Map.of("app", "web", "tier", "front"));

    /** The one before the workload's pods, one before others, one that finds no pods by itself. */
    private static final List<PodService> SERVICES = List.of(
            service("{team: a}", "{app: web}"),
            service("{team: b}", "{app: web, tier: back}"),
            service("{team: c}", ""));

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        pods by a label                  | PodMonitor     | shop       | selector: {matchLabels: {app: web}}                                        | true
        pods by two labels               | PodMonitor     | shop       | selector: {matchLabels: {app: web, tier: front}}                           | true
        one of two labels differs        | PodMonitor     | shop       | selector: {matchLabels: {app: web, tier: back}}                            | false
        every pod                        | PodMonitor     | shop       | selector: {}                                                               | true
        no selector                      | PodMonitor     | shop       | jobLabel: app                                                              | false
        in a set                         | PodMonitor     | shop       | selector: {matchExpressions: [{key: app, operator: In, values: [api, web]}]} | true
        not in a set                     | PodMonitor     | shop       | selector: {matchExpressions: [{key: app, operator: NotIn, values: [web]}]} | false
        has the label                    | PodMonitor     | shop       | selector: {matchExpressions: [{key: tier, operator: Exists}]}              | true
        lacks the label                  | PodMonitor     | shop       | selector: {matchExpressions: [{key: tier, operator: DoesNotExist}]}        | false
        a label and an expression        | PodMonitor     | shop       | selector: {matchLabels: {app: web}, matchExpressions: [{key: tier, operator: In, values: [back]}]} | false
        looks in its own namespace       | PodMonitor     | monitoring | selector: {}                                                               | false
        likewise, said emptily           | PodMonitor     | monitoring | {selector: {}, namespaceSelector: {matchNames: []}}                        | false
        in every namespace               | PodMonitor     | monitoring | {selector: {}, namespaceSelector: {any: true}}                             | true
        in every namespace, names or not | PodMonitor     | monitoring | {selector: {}, namespaceSelector: {any: true, matchNames: [other]}}        | true
        in namespaces by name            | PodMonitor     | monitoring | {selector: {}, namespaceSelector: {matchNames: [other, shop]}}             | true
        in others than its own           | PodMonitor     | shop       | {selector: {}, namespaceSelector: {matchNames: [other]}}                   | false
        not in every namespace           | PodMonitor     | shop       | {selector: {}, namespaceSelector: {any: false}}                            | true
        by the Service's label           | ServiceMonitor | shop       | selector: {matchLabels: {team: a}}                                         | true
        by what the Service has not      | ServiceMonitor | shop       | selector: {matchLabels: {app: web}}                                        | false
        by a Service of other pods       | ServiceMonitor | shop       | selector: {matchLabels: {team: b}}                                         | false
        by a Service of no pods          | ServiceMonitor | shop       | selector: {matchLabels: {team: c}}                                         | false
        by every Service                 | ServiceMonitor | shop       | selector: {}                                                               | true
        Services of another namespace    | ServiceMonitor | monitoring | selector: {matchLabels: {team: a}}                                         | false
        Services of every namespace      | ServiceMonitor | monitoring | {selector: {matchLabels: {team: a}}, namespaceSelector: {any: true}}       | true
        """)
    void selects(String name, String kind, String namespace, String spec, boolean expected) {
        List<ScrapeMonitor> monitors = List.of(monitor(kind, namespace, "m", "{}", spec));
        assertThat(kind.equals("PodMonitor") ? selected(monitors, List.of()) : selected(List.of(), monitors))
                .isEqualTo(expected ? monitors : List.of());
    }

    @Test
    void itsOwnNamespaceComesFirstThenPodMonitorsThenNamespacesThenNames() {
        String everywhere = "{selector: {}, namespaceSelector: {any: true}}";
        assertThat(selected(
                        List.of(
                                monitor("PodMonitor", "b", "x", "{}", everywhere),
                                monitor("PodMonitor", "a", "z", "{}", everywhere),
                                monitor("PodMonitor", "a", "y", "{}", everywhere)),
                        List.of(
                                monitor("ServiceMonitor", "a", "a", "{}", everywhere),
                                monitor("ServiceMonitor", "shop", "own", "{}", everywhere))))
                .extracting(ScrapeMonitor::toString)
                .containsExactly(
                        "ServiceMonitor shop/own",
                        "PodMonitor a/y",
                        "PodMonitor a/z",
                        "PodMonitor b/x",
                        "ServiceMonitor a/a");
    }

    @Test
    void keepsTheAnnotationsThatNameMetrics() {
        assertThat(monitor(
                                "PodMonitor",
                                "shop",
                                "m",
                                "{trimtab.io/requests-metric: a_total, trimtab.io/latency-metric: b, owner: me}",
                                "selector: {}")
                        .annotations())
                .isEqualTo(Map.of("trimtab.io/requests-metric", "a_total", "trimtab.io/latency-metric", "b"));
    }

    private static List<ScrapeMonitor> selected(List<ScrapeMonitor> podMonitors, List<ScrapeMonitor> serviceMonitors) {
        return MonitorKinds.select("shop", PODS, SERVICES, podMonitors, serviceMonitors);
    }

    private static ScrapeMonitor monitor(String kind, String namespace, String name, String annotations, String spec) {
        String flow = spec.startsWith("{") ? spec : "{" + spec + "}";
        return MonitorMapping.monitor(UsedFields.serialization()
                .unmarshal("""
                    apiVersion: monitoring.coreos.com/v1
                    kind: %s
                    metadata: {namespace: %s, name: %s, annotations: %s}
                    spec: %s
                    """.formatted(kind, namespace, name, annotations, flow), GenericKubernetesResource.class));
    }

    private static PodService service(String labels, String selector) {
        return MonitorMapping.service(
                UsedFields.serialization().unmarshal("""
                    apiVersion: v1
                    kind: Service
                    metadata: {namespace: shop, name: web, labels: %s}
                    spec: {selector: %s}
                    """.formatted(labels, selector), Service.class));
    }
}
