/** The unit types that every other package speaks: {@link Quantity} reads them, {@link MilliCores}, {@link Bytes}, {@link GpuMilli} and {@link Money} carry them. */
@NullMarked
package io.trimtab.cost.units;

import org.jspecify.annotations.NullMarked;
