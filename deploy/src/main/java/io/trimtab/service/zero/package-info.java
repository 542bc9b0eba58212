/**
 * The live loop of scale to zero: reads each source once for all objects that ask it, decides with {@link io.trimtab.recommend.zero.Activation}, writes no more than it must.
 * Front door: {@link ZeroLoop}. It looks at a cluster through {@link ScaledWorkloads}.
 */
@NullMarked
package io.trimtab.service.zero;

import org.jspecify.annotations.NullMarked;
