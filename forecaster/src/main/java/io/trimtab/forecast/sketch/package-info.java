/** Decaying histograms of usage, with the stock VPA's buckets. Front doors: {@link DecayingHistogram}, and {@link UsageAggregate} for a container over all its pods. */
@NullMarked
package io.trimtab.forecast.sketch;

import org.jspecify.annotations.NullMarked;
