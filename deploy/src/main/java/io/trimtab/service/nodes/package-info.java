/** Shows nodes: how they are packed, what they cost, and the plan for fewer. Front doors: {@link NodesRendering}, and {@link NodePlanDesk}, which makes plans beside the loop. */
@NullMarked
package io.trimtab.service.nodes;

import org.jspecify.annotations.NullMarked;
