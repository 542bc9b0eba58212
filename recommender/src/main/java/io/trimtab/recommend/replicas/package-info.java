/**
 * How many replicas: the mathematics of the Kubernetes HorizontalPodAutoscaler, autoscaling/v2 of Kubernetes 1.37, and a forecast on top.
 * Front door: {@link HorizontalScaling}; {@link CpuScaling} asks it for one workload of the cycle. Amounts are thousandths of their unit. Pure.
 */
@NullMarked
package io.trimtab.recommend.replicas;

import org.jspecify.annotations.NullMarked;
