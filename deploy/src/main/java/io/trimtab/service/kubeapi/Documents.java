package io.trimtab.service.kubeapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trimtab.service.kubeapi.StatusException.Reason;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;

/** The objects of the API, as JSON. Their fields are those of {@code k8s.io/metrics} and {@code k8s.io/apimachinery}. */
final class Documents {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String GROUP_VERSION = RequestAttributes.GROUP + "/" + RequestAttributes.VERSION;
    private static final String KIND = "ExternalMetricValueList";

    private Documents() {}

    static ObjectNode values(String metric, List<ExternalMetric> values) {
        ObjectNode list = object(KIND, GROUP_VERSION);
        list.putObject("metadata");
        var items = list.putArray("items");
        for (ExternalMetric value : values) {
            ObjectNode item = items.addObject().put("metricName", metric);
            ObjectNode labels = item.putObject("metricLabels");
            value.labels().entrySet().stream()
                    .sorted(java.util.Map.Entry.comparingByKey())
                    .forEach(label -> labels.put(label.getKey(), label.getValue()));
            item.put("timestamp", value.at().truncatedTo(ChronoUnit.SECONDS).toString());
            item.put("value", value.quantity());
        }
        return list;
    }

    static ObjectNode status(Reason reason, String message) {
        ObjectNode status = object("Status", "v1");
        status.putObject("metadata");
        return status.put("status", "Failure")
                .put("message", message)
                .put("reason", reason.word())
                .put("code", reason.code());
    }

    /** What {@code /apis} answers to who does not know aggregated discovery. */
    static ObjectNode groups() {
        ObjectNode list = object("APIGroupList", "v1");
        list.putArray("groups").add(group());
        return list;
    }

    static ObjectNode group() {
        ObjectNode group = object("APIGroup", "v1").put("name", RequestAttributes.GROUP);
        group.putArray("versions").add(version());
        group.set("preferredVersion", version());
        return group;
    }

    /** One resource for each metric, as there is no other way to list them. */
    static ObjectNode resources(Collection<String> metrics) {
        ObjectNode list = object("APIResourceList", "v1").put("groupVersion", GROUP_VERSION);
        var resources = list.putArray("resources");
        for (String metric : metrics)
            resources
                    .addObject()
                    .put("name", metric)
                    .put("singularName", "")
                    .put("namespaced", true)
                    .put("kind", KIND)
                    .putArray("verbs")
                    .add("get");
        return list;
    }

    /** The same in the form that the aggregator asks for first. */
    static ObjectNode aggregated(Collection<String> metrics) {
        ObjectNode list = object("APIGroupDiscoveryList", "apidiscovery.k8s.io/v2");
        list.putObject("metadata");
        ObjectNode group = list.putArray("items").addObject();
        group.putObject("metadata").put("name", RequestAttributes.GROUP);
        ObjectNode version = group.putArray("versions").addObject();
        version.put("version", RequestAttributes.VERSION).put("freshness", "Current");
        var resources = version.putArray("resources");
        for (String metric : metrics) {
            ObjectNode resource = resources.addObject().put("resource", metric);
            resource.putObject("responseKind")
                    .put("group", RequestAttributes.GROUP)
                    .put("version", RequestAttributes.VERSION)
                    .put("kind", KIND);
            resource.put("scope", "Namespaced")
                    .put("singularResource", "")
                    .putArray("verbs")
                    .add("get");
        }
        return list;
    }

    /**
     * Where the descriptions of version 3 are.
     *
     * @param hash changes when the description does, so that a client may keep it
     */
    static ObjectNode descriptions(String hash) {
        ObjectNode index = JSON.createObjectNode();
        index.putObject("paths")
                .putObject("apis/" + GROUP_VERSION)
                .put("serverRelativeURL", "/openapi/v3/apis/%s?hash=%s".formatted(GROUP_VERSION, hash));
        return index;
    }

    static byte[] bytes(ObjectNode document) {
        try {
            return JSON.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree in memory cannot be written", e);
        }
    }

    private static ObjectNode version() {
        return JSON.createObjectNode().put("groupVersion", GROUP_VERSION).put("version", RequestAttributes.VERSION);
    }

    private static ObjectNode object(String kind, String apiVersion) {
        return JSON.createObjectNode().put("kind", kind).put("apiVersion", apiVersion);
    }
}
