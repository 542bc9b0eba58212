/**
 * Many nodes to fewer: which nodes go, where their pods move, in which waves, and why every other node stays. Front door: {@link Consolidator}. Pure. Used by:
 * nodeplan, evaluate.
 */
@NullMarked
package io.trimtab.recommend.consolidation;

import org.jspecify.annotations.NullMarked;
