/** Nodes: how many of which shape. Front doors: {@link Packer} for a given problem, {@link NodePlanner} for the loop, which asks the packer. Pure. */
@NullMarked
package io.trimtab.recommend.nodes;

import org.jspecify.annotations.NullMarked;
