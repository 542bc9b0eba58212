/** Turns demand into recommendations, jointly. Front door: {@link Recommendation}. Pure: no I/O, no clock. Used by: actuate. */
@NullMarked
package io.trimtab.recommend;

import org.jspecify.annotations.NullMarked;
