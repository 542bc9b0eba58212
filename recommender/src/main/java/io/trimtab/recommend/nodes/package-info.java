/** Nodes: how many of which shape. Front door: {@link NodePlanner} for the loop. Pure. */
@NullMarked
package io.trimtab.recommend.nodes;

import org.jspecify.annotations.NullMarked;
