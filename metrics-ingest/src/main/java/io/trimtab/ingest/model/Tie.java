package io.trimtab.ingest.model;

/** What stands against moving a pod to any node that has room for it. */
public enum Tie {
    /** It keeps files on its node: an {@code emptyDir} that is not in memory, or a {@code hostPath}. */
    LOCAL_FILES,
    /** It mounts a PersistentVolumeClaim, whose volume may not be reachable from everywhere. */
    VOLUME_CLAIM,
    /** Its place depends on where other pods are: required affinity or anti-affinity, or a spread that must hold. */
    OTHER_PODS,
    /** It takes a port of its node. */
    HOST_PORT,
    /** It asks for a resource that is not counted here, or claims devices. */
    OTHER_RESOURCE
}
