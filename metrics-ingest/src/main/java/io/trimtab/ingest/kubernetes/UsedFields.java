package io.trimtab.ingest.kubernetes;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * Reads of pods, pod templates and Services what is used here, and skips the rest, which is most of a listing: probes, mounts, most of ports, who set which field. A client that
 * reads like this may patch, but must not write a whole object back, because it would lack what was skipped. A field that a mapping begins to use is to be named here.
 */
public final class UsedFields {
    private UsedFields() {}

    /** For a client of this service. */
    public static KubernetesSerialization serialization() {
        ObjectMapper mapper = new ObjectMapper();
        mapper.configOverride(ObjectMeta.class)
                .setIgnorals(JsonIgnoreProperties.Value.forIgnoredProperties("managedFields", "generateName"));
        mapper.addMixIn(PodSpec.class, OfPodSpec.class)
                .addMixIn(Affinity.class, OfAffinity.class)
                .addMixIn(Container.class, OfContainer.class)
                .addMixIn(ContainerPort.class, OfContainerPort.class)
                .addMixIn(Volume.class, OfVolume.class)
                .addMixIn(ServiceSpec.class, OfServiceSpec.class)
                .addMixIn(PodStatus.class, OfPodStatus.class)
                .addMixIn(PodCondition.class, OfPodCondition.class)
                .addMixIn(ContainerStatus.class, OfContainerStatus.class);
        return new KubernetesSerialization(mapper, true);
    }

    @JsonIncludeProperties({
        "affinity",
        "containers",
        "initContainers",
        "nodeName",
        "nodeSelector",
        "overhead",
        "priorityClassName",
        "resourceClaims",
        "restartPolicy",
        "tolerations",
        "topologySpreadConstraints",
        "volumes"
    })
    private interface OfPodSpec {}

    @JsonIncludeProperties({"nodeAffinity", "podAffinity", "podAntiAffinity"})
    private interface OfAffinity {}

    @JsonIncludeProperties({
        "args",
        "command",
        "env",
        "image",
        "name",
        "ports",
        "resizePolicy",
        "resources",
        "restartPolicy"
    })
    private interface OfContainer {}

    @JsonIncludeProperties("hostPort")
    private interface OfContainerPort {}

    @JsonIncludeProperties({"emptyDir", "hostPath", "persistentVolumeClaim"})
    private interface OfVolume {}

    @JsonIncludeProperties("selector")
    private interface OfServiceSpec {}

    @JsonIncludeProperties({"conditions", "containerStatuses", "initContainerStatuses", "phase", "startTime"})
    private interface OfPodStatus {}

    @JsonIncludeProperties({"lastTransitionTime", "status", "type"})
    private interface OfPodCondition {}

    @JsonIncludeProperties({"lastState", "name", "resources", "restartCount", "state"})
    private interface OfContainerStatus {}
}
