/**
 * Keeps advice within what nodes, LimitRanges and ResourceQuotas allow. Front door: {@link Feasibility}. Pure: no I/O, no clock. Used by: plan.
 */
@NullMarked
package io.trimtab.recommend.feasible;

import org.jspecify.annotations.NullMarked;
