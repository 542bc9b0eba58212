package io.trimtab.service.bench;

import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The objects of a cluster, as JSON: Deployments of {@link #PODS_EACH} pods with one container each, 30 pods to a node. A pod is about as large as an API server shows one
 * of a small service.
 */
public record LargeCluster(int pods) {
    static final int PODS_EACH = 5;
    private static final int PODS_ON_A_NODE = 30;
    private static final int NAMESPACES = 40;

    private static final String NAMESPACE = """
        {"metadata":{"name":"team-%1$d","uid":"namespace-%1$d","resourceVersion":"1"}}\
        """;

    private static final String NODE = """
        {"metadata":{"name":"node-%1$d","uid":"node-%1$d","resourceVersion":"1","creationTimestamp":"2026-01-01T00:00:00Z","labels":{
        "node.kubernetes.io/instance-type":"m5.4xlarge","topology.kubernetes.io/region":"eu-central-1","topology.kubernetes.io/zone":"eu-central-1a"}},
        "status":{"capacity":{"cpu":"16","memory":"64Gi","pods":"110"},"allocatable":{"cpu":"16","memory":"62Gi","pods":"110"},
        "conditions":[{"type":"Ready","status":"True"}]}}\
        """;

    private static final String SPEC = """
        "serviceAccountName":"default","restartPolicy":"Always","dnsPolicy":"ClusterFirst","schedulerName":"default-scheduler","terminationGracePeriodSeconds":30,
        "tolerations":[{"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute","tolerationSeconds":300},
        {"key":"node.kubernetes.io/unreachable","operator":"Exists","effect":"NoExecute","tolerationSeconds":300}],
        "volumes":[{"name":"kube-api-access","projected":{"defaultMode":420,"sources":[{"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}},
        {"configMap":{"name":"kube-root-ca.crt","items":[{"key":"ca.crt","path":"ca.crt"}]}}]}}],
        "containers":[{"name":"app","image":"registry.example/shop:1","imagePullPolicy":"IfNotPresent","ports":[{"containerPort":8080,"protocol":"TCP"}],
        "env":[{"name":"DATABASE","value":"postgres://shop:5432/shop"},{"name":"BROKER","value":"kafka.shop:9092"},{"name":"LOG_LEVEL","value":"info"},
        {"name":"POD_IP","valueFrom":{"fieldRef":{"apiVersion":"v1","fieldPath":"status.podIP"}}}],
        "resources":{"requests":{"cpu":"500m","memory":"512Mi"},"limits":{"memory":"1Gi"}},
        "readinessProbe":{"httpGet":{"path":"/health","port":8080,"scheme":"HTTP"},"periodSeconds":10,"timeoutSeconds":1,"failureThreshold":3},
        "volumeMounts":[{"name":"kube-api-access","readOnly":true,"mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"}]}]\
        """;

    private static final String RUNS = """
        "spec":{"replicas":%d,"selector":{"matchLabels":{"app":"shop-%d"}},"template":{"metadata":{"labels":{"app":"shop-%d"}},"spec":{%s}}}\
        """;

    private static final String DEPLOYMENT = """
        {"metadata":{"name":"shop-%1$d","namespace":"%2$s","uid":"deployment-%1$d","resourceVersion":"1","creationTimestamp":"2026-01-01T00:00:00Z"},%3$s}\
        """;

    private static final String REPLICA_SET = """
        {"metadata":{"name":"%4$s","namespace":"%2$s","uid":"replicaset-%1$d","resourceVersion":"1","creationTimestamp":"2026-01-01T00:00:00Z",
        "ownerReferences":[{"apiVersion":"apps/v1","kind":"Deployment","name":"shop-%1$d","uid":"deployment-%1$d","controller":true}]},%3$s}\
        """;

    private static final String POD = """
        {"metadata":{"name":"%2$s","generateName":"%4$s-","namespace":"%3$s","uid":"pod-%1$d","resourceVersion":"1","creationTimestamp":"2026-01-01T00:00:00Z",
        "labels":{"app":"shop-%5$d","app.kubernetes.io/managed-by":"Helm","pod-template-hash":"5d9c7b8f6d"},"annotations":{"checksum/config":"0123456789abcdef0123456789abcdef"},
        "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"%4$s","uid":"replicaset-%5$d","controller":true,"blockOwnerDeletion":true}],
        "managedFields":[{"manager":"kube-controller-manager","operation":"Update","apiVersion":"v1","time":"2026-01-01T00:00:00Z","fieldsType":"FieldsV1","fieldsV1":{
        "f:metadata":{"f:generateName":{},"f:labels":{".":{},"f:app":{},"f:pod-template-hash":{}},"f:ownerReferences":{".":{}}},
        "f:spec":{"f:containers":{"k:{\\"name\\":\\"app\\"}":{".":{},"f:env":{".":{}},"f:image":{},"f:imagePullPolicy":{},"f:name":{},"f:resources":{".":{}}}},
        "f:dnsPolicy":{},"f:restartPolicy":{},"f:schedulerName":{},"f:terminationGracePeriodSeconds":{}}}}]},
        "spec":{"nodeName":"node-%6$d",%7$s},
        "status":{"phase":"Running","qosClass":"Burstable","podIP":"10.0.0.1","startTime":"2026-01-01T00:00:00Z","conditions":[
        {"type":"Initialized","status":"True","lastTransitionTime":"2026-01-01T00:00:00Z"},{"type":"Ready","status":"True","lastTransitionTime":"2026-01-01T00:00:00Z"},
        {"type":"ContainersReady","status":"True","lastTransitionTime":"2026-01-01T00:00:00Z"},{"type":"PodScheduled","status":"True","lastTransitionTime":"2026-01-01T00:00:00Z"}],
        "containerStatuses":[{"name":"app","image":"registry.example/shop:1","imageID":"registry.example/shop@sha256:0123456789abcdef0123456789abcdef0123456789abcdef",
        "containerID":"containerd://%1$064x","ready":true,"started":true,"restartCount":0,"state":{"running":{"startedAt":"2026-01-01T00:00:00Z"}}}]}}\
        """;

    static String namespace(int pod) {
        return "team-" + pod / PODS_EACH % NAMESPACES;
    }

    static String name(int pod) {
        return "%s-%05d".formatted(replicaSet(pod / PODS_EACH), pod % PODS_EACH);
    }

    private static String replicaSet(int deployment) {
        return "shop-%d-5d9c7b8f6d".formatted(deployment);
    }

    /** @param plural of the kind; of one that is not here there is nothing */
    Stream<String> objects(String plural) {
        int deployments = (pods + PODS_EACH - 1) / PODS_EACH;
        return switch (plural) {
            case "namespaces" -> each(NAMESPACES, NAMESPACE::formatted);
            case "nodes" -> each((pods + PODS_ON_A_NODE - 1) / PODS_ON_A_NODE, NODE::formatted);
            case "deployments" -> each(deployments, i -> runs(DEPLOYMENT, i));
            case "replicasets" -> each(deployments, i -> runs(REPLICA_SET, i));
            case "pods" -> each(pods, LargeCluster::pod);
            default -> Stream.empty();
        };
    }

    private static String pod(int i) {
        int deployment = i / PODS_EACH;
        return POD.formatted(i, name(i), namespace(i), replicaSet(deployment), deployment, i / PODS_ON_A_NODE, SPEC);
    }

    private static String runs(String object, int i) {
        String spec = RUNS.formatted(PODS_EACH, i, i, SPEC);
        return object.formatted(i, namespace(i * PODS_EACH), spec, replicaSet(i));
    }

    private static Stream<String> each(int count, IntFunction<String> object) {
        return IntStream.range(0, count).mapToObj(object);
    }
}
