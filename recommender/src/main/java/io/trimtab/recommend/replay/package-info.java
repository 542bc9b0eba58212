/**
 * A cluster that exists only in memory and moves through simulated time. Front door: {@link io.trimtab.recommend.replay.SimulatedCluster}, behind the same ports as a
 * real one. Pure: no I/O, no clock, no threads; the same spec and the same acts give the same bytes. Used by: service (demo, replay) and tests.
 */
@NullMarked
package io.trimtab.recommend.replay;

import org.jspecify.annotations.NullMarked;
