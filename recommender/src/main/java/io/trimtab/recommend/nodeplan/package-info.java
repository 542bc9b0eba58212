/** What consolidation comes to for a cluster as it is seen. Front door: {@link NodePlans}. Pure. Used by: nodeobjects, service. */
@NullMarked
package io.trimtab.recommend.nodeplan;

import org.jspecify.annotations.NullMarked;
