package io.trimtab.recommend.nodes;

import io.trimtab.recommend.nodes.PackingProblem.Objective;

/**
 * A shape with its numbers at hand: the room of an empty node after its daemons, in millicores and bytes.
 *
 * @param zone index of its zone; -1 without one
 * @param worth what one node counts in the objective: its expected cost, or 1
 * @param max how many may be added
 */
record Machine(
        int index, NodeShape shape, long cpuMilli, long memoryBytes, int devices, int zone, double worth, int max) {
    private static final int NOWHERE = -1;

    /** Of nodes that cost nothing it is still better to add fewer. */
    private static final double LEAST_WORTH = 1e-9;

    static Machine of(int index, NodeShape shape, int zone, Objective objective) {
        return new Machine(
                index,
                shape,
                shape.cpu().minusOrZero(shape.daemonCpu()).value(),
                shape.memory().minusOrZero(shape.daemonMemory()).value(),
                shape.devices().advertised(),
                zone,
                switch (objective) {
                    case COST -> Math.max(LEAST_WORTH, shape.offer().expected().doubleValue());
                    case NODES -> 1;
                },
                shape.max().orElse(Integer.MAX_VALUE));
    }

    /** No machine that there is, for what has no other place; of this worth. */
    Machine nowhere(double ofWorth) {
        return new Machine(NOWHERE, shape, 0, 0, 0, -1, ofWorth, 0);
    }

    boolean isNowhere() {
        return index == NOWHERE;
    }

    double expectedCost() {
        return shape.offer().expected().doubleValue();
    }

    /** Whether an empty node carries one copy, its zone and limit apart. */
    boolean carries(PodGroup pod) {
        boolean roomy = pod.requested().cpu().value() <= cpuMilli
                && pod.requested().memory().value() <= memoryBytes
                && shape.pods() > 0;
        boolean gpus = pod.wantsShare() ? devices > 0 : pod.wholeDevices() <= devices;
        boolean model = pod.gpuModels().isEmpty()
                || shape.devices().model().filter(pod.gpuModels()::contains).isPresent();
        return roomy && gpus && model;
    }
}
