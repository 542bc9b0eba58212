package io.trimtab.recommend.replay;

/** What happens between two samples. An event of a pod names the incarnation that it is meant for. */
sealed interface Event {
    record PodStarted(SimulatedPod pod, int incarnation) implements Event {}

    record PodReady(SimulatedPod pod, int incarnation) implements Event {}

    record PodFinished(SimulatedPod pod, int incarnation) implements Event {}

    record PodGone(SimulatedPod pod) implements Event {}

    record NodeBooted(SimulatedNode node) implements Event {}

    record NodeReclaimed(SimulatedNode node) implements Event {}

    record NodeGone(SimulatedNode node) implements Event {}

    record Deployed(SimulatedWorkload workload) implements Event {}

    record RunDue(SimulatedWorkload workload) implements Event {}
}
