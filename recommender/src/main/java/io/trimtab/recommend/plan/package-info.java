/** The joint decision. Front door: {@link Planner}; its answer is a {@link Plan}. Pure: no I/O, no clock. */
@NullMarked
package io.trimtab.recommend.plan;

import org.jspecify.annotations.NullMarked;
