/** One round of the loop: gather, forecast, decide, act. Front door: {@link Cycle}, which production, demo and tests share. No I/O of its own: it works through ports. */
@NullMarked
package io.trimtab.recommend.cycle;

import org.jspecify.annotations.NullMarked;
