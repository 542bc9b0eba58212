/** Runs the cycle on time and keeps what it last said. Front door: {@link Loop}; {@link Clusters} makes the ports that it works through. */
@NullMarked
package io.trimtab.service.loop;

import org.jspecify.annotations.NullMarked;
