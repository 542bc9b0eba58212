/** Seeded clusters to consolidate, a check of plans that shares nothing with the planner, and what others would do. Pure. Used by: benchmarks and tests. */
@NullMarked
package io.trimtab.recommend.consolidation.simulation;

import org.jspecify.annotations.NullMarked;
