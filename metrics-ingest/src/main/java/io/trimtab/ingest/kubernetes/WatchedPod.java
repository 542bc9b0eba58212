package io.trimtab.ingest.kubernetes;

import io.trimtab.ingest.model.Pod;
import java.util.List;
import java.util.Optional;

/**
 * A pod as it is kept, its owner still empty: that takes the other kinds' records.
 *
 * @param claims names of the PersistentVolumeClaims that it mounts
 * @param priorityClass empty where it names none
 */
record WatchedPod(Pod pod, Optional<ControllerRef> controller, List<String> claims, String priorityClass) {}
