/**
 * Down to zero and back: how many replicas a workload needs for what its triggers read, by the rules of KEDA 2.21 or with a cool-down and
 * pre-warming learned from its own idle times. Front door: {@link Activation}. Pure.
 */
@NullMarked
package io.trimtab.recommend.zero;

import org.jspecify.annotations.NullMarked;
