package io.trimtab.ingest.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceSpecBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

/** That mappings find all that they use is what their own tests show: they read as the service does. */
class UsedFieldsTest {
    private static final String POD = """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop, generateName: we, managedFields: [{manager: kubelet}]}
        spec:
          nodeName: node-a
          hostNetwork: true
          dnsPolicy: Default
          affinity: {podAntiAffinity: {}, nodeAffinity: {}}
          aFieldOfALaterRelease: {a: [{b: c}]}
          volumes: [{name: data, persistentVolumeClaim: {claimName: data-0}}, {name: tmp, emptyDir: {}}]
          containers:
            - {name: app, image: web, readinessProbe: {httpGet: {path: /health, port: 8080}}, volumeMounts: [{name: data, mountPath: /data}], ports: [{name: http, containerPort: 80, hostPort: 8080}]}
        status: {phase: Running, podIP: 10.0.0.1, containerStatuses: [{name: app, imageID: a, restartCount: 2}]}
        """;

    @Test
    void skipsWhatNothingUses() {
        assertThat(UsedFields.serialization().unmarshal(POD, Pod.class))
                .isEqualTo(new KubernetesSerialization().unmarshal("""
                    apiVersion: v1
                    kind: Pod
                    metadata: {name: web, namespace: shop}
                    spec:
                      nodeName: node-a
                      affinity: {podAntiAffinity: {}, nodeAffinity: {}}
                      volumes: [{persistentVolumeClaim: {claimName: data-0}}, {emptyDir: {}}]
                      containers: [{name: app, image: web, ports: [{hostPort: 8080}]}]
                    status: {phase: Running, containerStatuses: [{name: app, restartCount: 2}]}
                    """, Pod.class));
    }

    @Test
    void skipsWhatNothingUsesOfAService() {
        assertThat(UsedFields.serialization().unmarshal("""
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop, labels: {app: web}}
            spec: {selector: {app: web}, clusterIP: 10.0.0.1, ports: [{port: 80}]}
            """, Service.class).getSpec())
                .isEqualTo(new ServiceSpecBuilder().addToSelector("app", "web").build());
    }
}
