/** Room that is kept free for what comes while a node starts. Front door: {@link Headroom}; {@link PoolWeek} measures it. Pure. Used by: nodeobjects, the benchmark. */
@NullMarked
package io.trimtab.recommend.headroom;

import org.jspecify.annotations.NullMarked;
