/**
 * Which policy governs a workload, and what it means for the decisions about it. Front door: {@link io.trimtab.recommend.policy.Governance}. Pure: no I/O,
 * no clock.
 */
@NullMarked
package io.trimtab.recommend.policy;

import org.jspecify.annotations.NullMarked;
