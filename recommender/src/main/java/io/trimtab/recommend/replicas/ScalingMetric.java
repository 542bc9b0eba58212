package io.trimtab.recommend.replicas;

import java.util.Optional;

/** A metric that proposes a replica count. */
public sealed interface ScalingMetric {
    /** What the metric is called in reasons. */
    String name();

    /**
     * A resource of each pod, or of one container in it.
     *
     * @param container empty for the pod as a whole
     */
    record Resource(String name, Optional<String> container, PodTarget target) implements ScalingMetric {}

    /** A metric with one value for each pod. */
    record Pods(String name, AverageValue target) implements ScalingMetric {}

    /**
     * One value for the whole workload, from an object of the cluster or from outside.
     *
     * @param valueMilli the value in thousandths of its unit; empty when it cannot be read
     */
    record Total(String name, Optional<Long> valueMilli, TotalTarget target) implements ScalingMetric {
        public Total {
            valueMilli.ifPresent(milli -> {
                if (milli < 0)
                    throw new IllegalArgumentException("value of %s (%dm) must be >= 0".formatted(name, milli));
            });
        }
    }

    /** What pods are held against. */
    sealed interface PodTarget {}

    /** What a value for the whole workload is held against. */
    sealed interface TotalTarget {}

    /** Percent of the request, over all pods. */
    record Utilization(int percent) implements PodTarget {
        public Utilization {
            if (percent < 1)
                throw new IllegalArgumentException("target utilization (%d) must be >= 1".formatted(percent));
        }
    }

    /** Thousandths of the unit for each pod. */
    record AverageValue(long milli) implements PodTarget, TotalTarget {
        public AverageValue {
            if (milli < 1) throw new IllegalArgumentException("target average (%dm) must be > 0".formatted(milli));
        }
    }

    /** Thousandths of the unit for the whole workload. */
    record Value(long milli) implements TotalTarget {
        public Value {
            if (milli < 1) throw new IllegalArgumentException("target value (%dm) must be > 0".formatted(milli));
        }
    }
}
