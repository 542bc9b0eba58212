package io.trimtab.service.differential;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A metric of an autoscaler.
 *
 * @param name for Pods, Object and External
 * @param target percent, or thousandths of the unit
 */
record WantedMetric(Form form, String name, long target) {
    static final String CONTAINER = "app";

    /** What is measured, and against what. */
    enum Form {
        CPU_UTILIZATION("Resource", "cpu", Target.UTILIZATION),
        CPU_AVERAGE("Resource", "cpu", Target.AVERAGE),
        MEMORY_UTILIZATION("Resource", "memory", Target.UTILIZATION),
        MEMORY_AVERAGE("Resource", "memory", Target.AVERAGE),
        CONTAINER_CPU_UTILIZATION("ContainerResource", "cpu", Target.UTILIZATION),
        CONTAINER_MEMORY_AVERAGE("ContainerResource", "memory", Target.AVERAGE),
        PODS("Pods", "", Target.AVERAGE),
        OBJECT_VALUE("Object", "", Target.VALUE),
        OBJECT_AVERAGE("Object", "", Target.AVERAGE),
        EXTERNAL_VALUE("External", "", Target.VALUE),
        EXTERNAL_AVERAGE("External", "", Target.AVERAGE);

        final String type;
        final String resource;
        final Target target;

        Form(String type, String resource, Target target) {
            this.type = type;
            this.resource = resource;
            this.target = target;
        }

        boolean isTotal() {
            return type.equals("Object") || type.equals("External");
        }
    }

    enum Target {
        UTILIZATION,
        AVERAGE,
        VALUE
    }

    /** The request by which the controller reads it, as {@link ScaledWorkload#ask} is told. */
    String key() {
        return form.resource.isEmpty() ? form.type + "/" + name : "resources";
    }

    /** In the autoscaler of a Deployment. */
    ObjectNode inAutoscaler(String deployment) {
        ObjectNode metric = JsonNodeFactory.instance.objectNode().put("type", form.type);
        ObjectNode source = metric.putObject(Character.toLowerCase(form.type.charAt(0)) + form.type.substring(1));
        switch (form.type) {
            case "Resource" -> source.put("name", form.resource);
            case "ContainerResource" -> source.put("name", form.resource).put("container", CONTAINER);
            default -> source.putObject("metric").put("name", name);
        }
        if (form.type.equals("Object"))
            source.putObject("describedObject")
                    .put("apiVersion", "apps/v1")
                    .put("kind", "Deployment")
                    .put("name", deployment);
        ObjectNode wanted = source.putObject("target");
        switch (form.target) {
            case UTILIZATION -> wanted.put("type", "Utilization").put("averageUtilization", target);
            case AVERAGE -> wanted.put("type", "AverageValue").put("averageValue", target + "m");
            case VALUE -> wanted.put("type", "Value").put("value", target + "m");
        }
        return metric;
    }

    /** In a document of kind {@code replicas}. */
    ObjectNode inQuestion(Optional<Long> totalMilli) {
        ObjectNode metric = JsonNodeFactory.instance.objectNode().put("type", form.type);
        if (form.resource.isEmpty()) metric.put("metric", name);
        else metric.put("resource", form.resource);
        if (form.type.equals("ContainerResource")) metric.put("container", CONTAINER);
        if (form.isTotal()) totalMilli.ifPresent(milli -> metric.put("value", milli + "m"));
        ObjectNode wanted = metric.putObject("target");
        switch (form.target) {
            case UTILIZATION -> wanted.put("averageUtilization", target);
            case AVERAGE -> wanted.put("averageValue", target + "m");
            case VALUE -> wanted.put("value", target + "m");
        }
        return metric;
    }
}
