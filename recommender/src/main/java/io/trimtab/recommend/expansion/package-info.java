/** Which node group to grow for pods that wait: what Cluster Autoscaler asks an expander. Front door: {@link Expansions}. */
@NullMarked
package io.trimtab.recommend.expansion;

import org.jspecify.annotations.NullMarked;
