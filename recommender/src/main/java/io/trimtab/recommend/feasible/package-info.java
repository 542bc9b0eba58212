/**
 * Keeps advice within what nodes, LimitRanges and ResourceQuotas allow. Front doors: {@link Feasibility} for requests, {@link ReplicaRooms} for replicas. Pure: no I/O, no clock. Used by: plan.
 */
@NullMarked
package io.trimtab.recommend.feasible;

import org.jspecify.annotations.NullMarked;
